-- 100: agents who speak in the browser, by the provider's own script.
--
-- browser_*: what the provider's script signs in with (lib/provider/provider.h); '' and NULL: not set up. The secret is sealed
-- like the others. browser_script '': where README says to put the script.
ALTER TABLE trunk
  ADD COLUMN browser_key    VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN browser_secret VARBINARY(400) NULL,
  ADD COLUMN browser_app    VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN browser_script VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- How the agents of an operation speak: by their own phones, or in the browser when their connection is set up for it (a phone
-- is then still possible).
ALTER TABLE dialing
  ADD COLUMN voice ENUM('phone','browser') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'phone';

-- A line in a browser has no number (e164 ''), and nobody rings it: the browser calls in.
ALTER TABLE agent_line
  ADD COLUMN way ENUM('phone','browser') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'phone';
