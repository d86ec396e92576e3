/*
 * openapi.mjs - Twilio's own description of its API, from Twilio's npm package, made fit for Prism.
 *
 * The file is fetched by npm once, checked against the hash below, and kept beside the other packages. As shipped it
 * makes Prism refuse correct requests: a repeated parameter of a form needs its (usual) encoding said, and the addresses
 * of pages are relative.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { tests } from './client.mjs';

const PACKAGE = '@twilio/cli-core@8.3.2';
const SHA512 = 'qRTAZS15i/nseKHu2zZIb1BD78WFRVOWM65iC9JqjZdNpz5KQaiEI1klsLcWDi1pwXH9JG6pbFXJrIiYRJw/dw==';
const FILE = 'package/src/services/twilio-api/twilio_api_v2010.json';
const kept = path.join(tests, 'node_modules/.twilio_api_v2010.json');

function fetched() {
	const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-openapi-'));
	try {
		execFileSync('npm', ['pack', PACKAGE, '--pack-destination', folder, '--ignore-scripts'], { stdio: 'pipe' });
		const tgz = path.join(folder, 'twilio-cli-core-8.3.2.tgz');
		const hash = createHash('sha512').update(readFileSync(tgz)).digest('base64');
		if (hash !== SHA512)
			throw new Error(`${PACKAGE} is not the file that was looked at: sha512 ${hash}`);
		return execFileSync('tar', ['xzOf', tgz, FILE], { maxBuffer: 16 << 20 });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function patch(api) {
	let arrays = 0;
	for (const item of Object.values(api.paths))
		for (const operation of Object.values(item)) {
			const form = operation?.requestBody?.content?.['application/x-www-form-urlencoded'];
			for (const [name, property] of Object.entries(form?.schema?.properties ?? {}))
				if (property.type === 'array') {
					(form.encoding ??= {})[name] = { style: 'form', explode: true };
					arrays++;
				}
		}
	const relative = (node) => {
		for (const [name, value] of Object.entries(node ?? {})) {
			if (typeof value !== 'object' || value === null)
				continue;
			if ((name === 'uri' || name.endsWith('_page_uri')) && value.format === 'uri')
				delete value.format;
			relative(value);
		}
	};
	relative(api);
	return arrays;
}

/** The names that a request may have in its form or query, by the file; Prism lets unknown ones pass. */
function known(api, method, url) {
	const path = Object.keys(api.paths).find((p) => new RegExp(`^${p.replaceAll('.', '\\.').replace(/{\w+}/g, '[^/.]+')}$`).test(url));
	const operation = api.paths[path]?.[method.toLowerCase()];
	const form = operation?.requestBody?.content?.['application/x-www-form-urlencoded']?.schema?.properties;
	return [...Object.keys(form ?? {}), ...(operation?.parameters ?? []).filter((p) => p.in === 'query').map((p) => p.name)];
}

/** The path of the patched file in `folder`, how many repeated parameters it has, and which names a request may have. */
export function openapi(folder) {
	if (!existsSync(kept)) {
		writeFileSync(`${kept}.${process.pid}`, fetched());
		renameSync(`${kept}.${process.pid}`, kept);
	}
	const api = JSON.parse(readFileSync(kept, 'utf8'));
	const arrays = patch(api);
	const file = path.join(folder, 'patched.json');
	writeFileSync(file, JSON.stringify(api));
	return { file, arrays, known: (method, url) => known(api, method, url) };
}
