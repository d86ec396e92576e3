// phone.cc - libphonenumber behind phone.h, and what must happen before it sees a number.
//
// The library reads letters as a telephone keypad, so that labels and extensions it does not know
// ("poste 22", "(cell)") would become digits: they come off first, and a number with letters left among its
// digits is refused. Ten plain digits never reach the library: see phone_nanp.h.
#include "plumb/phone.h"

#include <cstdint>
#include <cstring>
#include <string>

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include "plumb/phone_nanp.h"

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace {

constexpr size_t LONGEST = 100;		// bytes; no number with all its labels is longer

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool has_digit(const std::string &s)
{
	for (char c : s)
		if (digit(c))
			return true;
	return false;
}

// Lower case; the spaces and hyphens that word processors put in become plain ones.
std::string
plain(const char *text)
{
	static const struct { const char *from; char to; } same[] = {
		{ "\xC2\xA0", ' ' }, { "\xE2\x80\xAF", ' ' }, { "\xE2\x80\x89", ' ' },
		{ "\xE2\x80\x90", '-' }, { "\xE2\x80\x91", '-' }, { "\xE2\x80\x93", '-' },
		{ "\xE2\x80\x94", '-' }, { "\xE2\x88\x92", '-' },
	};
	std::string out;

	for (const char *p = text; *p != '\0'; ) {
		bool replaced = false;
		for (const auto &s : same)
			if (std::strncmp(p, s.from, std::strlen(s.from)) == 0) {
				out += s.to;
				p += std::strlen(s.from);
				replaced = true;
				break;
			}
		if (replaced)
			continue;
		char c = *p++;
		if (c == '\t' || c == '\n' || c == '\r' || c == '\'')	// an apostrophe keeps Excel from computing
			c = ' ';
		out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
	}
	size_t from = out.find_first_not_of(' '), to = out.find_last_not_of(' ');
	return from == std::string::npos ? "" : out.substr(from, to - from + 1);
}

// "(cell)" and "(rés.)" say nothing about the number.
void
drop_remarks(std::string &s)
{
	for (size_t open = 0; (open = s.find('(', open)) != std::string::npos; ) {
		size_t close = s.find(')', open);
		if (close == std::string::npos)
			return;
		if (has_digit(s.substr(open, close - open)))
			open++;
		else
			s.replace(open, close - open + 1, " ");
	}
}

// "poste 22", "p.22", "ext. 22", "x22", "#22", ",22": the digits; "" when it is no such thing.
std::string
extension_of(const std::string &rest)
{
	static const char *const labels[] = { "poste", "post", "extension", "ext", "po", "p", "x", "#", ",", ";ext=" };
	size_t i = rest.find_first_not_of(' ');

	if (i != std::string::npos && rest[i] == ',')	// "514 555-0123, poste 22"
		i = rest.find_first_not_of(", ", i);
	if (i == std::string::npos)
		return "";
	if (digit(rest[i]))
		i--;					// the comma alone
	for (const char *label : labels) {
		size_t j = i + std::strlen(label), k;
		if (rest.compare(i, std::strlen(label), label) != 0)
			continue;
		while (j < rest.size() && (rest[j] == '.' || rest[j] == ':' || rest[j] == ' ' || rest[j] == '#'))
			j++;
		for (k = j; k < rest.size() && digit(rest[k]); k++)
			;
		if (k > j && k - j <= 10 && rest.find_first_not_of(" .", k) == std::string::npos)
			return rest.substr(j, k - j);
	}
	return "";
}

// Splits what people wrote into the number and its extension.
enum phone_verdict
take_apart(const char *text, std::string &number, std::string &extension)
{
	if (text == nullptr || std::strlen(text) > LONGEST)
		return text == nullptr ? PHONE_EMPTY : PHONE_IMPOSSIBLE;
	std::string s = plain(text);
	if (s.empty())
		return PHONE_EMPTY;
	if (!has_digit(s))
		return PHONE_WORDS;
	drop_remarks(s);

	size_t from = s.find_first_of("0123456789+");
	if (from == std::string::npos)
		return PHONE_WORDS;
	if (from > 0 && letter(s[from - 1]))	// "A514..." is no label: labels end in a space, a dot, a colon
		return PHONE_LETTERS;
	if (from > 0 && s[from - 1] == '(')
		from--;
	size_t to = s.find_first_not_of("0123456789+-. ()/", from);
	number = s.substr(from, to == std::string::npos ? to : to - from);
	if (to != std::string::npos) {
		std::string rest = s.substr(to);
		extension = extension_of(rest);
		if (extension.empty()) {
			bool apart = number.back() == ' ' || number.back() == ')' || !letter(rest[0]);
			if (has_digit(rest) || !apart)
				return PHONE_LETTERS;
		}
	}
	number.erase(number.find_last_of("0123456789") + 1);
	if (number.compare(0, 2, "00") == 0)		// how Europe dials abroad
		number = "+" + number.substr(2);
	return PHONE_OK;
}

bool
emergency(const std::string &number, const char *region)
{
	static const ShortNumberInfo info;
	std::string digits;

	for (char c : number)
		if (digit(c))
			digits += c;
	return digits == "911" || digits == "112" || digits == "999" ||
	    (digits.size() <= 4 && info.IsEmergencyNumber(digits, region));
}

enum phone_verdict
by_library(const std::string &number, const char *region, struct phone_number *out)
{
	static const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
	PhoneNumber parsed;
	std::string e164;

	if (emergency(number, region))
		return PHONE_EMERGENCY;
	if (util.Parse(number, region, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR ||
	    util.IsPossibleNumberWithReason(parsed) != PhoneNumberUtil::IS_POSSIBLE)
		return PHONE_IMPOSSIBLE;
	util.Format(parsed, PhoneNumberUtil::E164, &e164);
	if (e164.size() >= sizeof(out->e164))
		return PHONE_IMPOSSIBLE;
	std::memcpy(out->e164, e164.c_str(), e164.size() + 1);
	out->valid = util.IsValidNumber(parsed);
	return PHONE_OK;
}

/*
 * Ten North American digits in a usual writing, with or without 1 or +1 before them. False: the library
 * decides. Whether "valid" comes from a table of area codes about which the library says the same for
 * every number.
 */
bool
by_table(const std::string &s, struct phone_number *out)
{
	char d[11];
	size_t n = 0, i = 0;

	if (s.compare(0, 2, "+1") == 0)
		i = 2;
	else if (s[0] == '1')
		i = 1;
	while (i < s.size() && (s[i] == ' ' || s[i] == '-' || s[i] == '.'))
		i++;
	if (i + 5 <= s.size() && s[i] == '(' && s[i + 4] == ')') {
		for (i++; n < 3; i++) {
			if (!digit(s[i]))
				return false;
			d[n++] = s[i];
		}
		i++;
	}
	for (; i < s.size(); i++)
		if (digit(s[i])) {
			if (n == 10)
				return false;
			d[n++] = s[i];
		} else if (s[i] != ' ' && s[i] != '-' && s[i] != '.')
			return false;
	if (n != 10 || d[0] < '2' || d[3] < '2')
		return false;
	char known = phone_nanp[(d[0] - '2') * 100 + (d[1] - '0') * 10 + (d[2] - '0')];
	if (known == '?')
		return false;
	out->e164[0] = '+';
	out->e164[1] = '1';
	std::memcpy(out->e164 + 2, d, 10);
	out->e164[12] = '\0';
	out->valid = known == '1';
	return true;
}

enum phone_verdict
parse(const char *text, const char *region, struct phone_number *out, bool fast)
{
	try {
		std::string number, extension;
		enum phone_verdict v;

		*out = {};
		if ((v = take_apart(text, number, extension)) != PHONE_OK)
			return v;
		bool north_america = std::strcmp(region, "CA") == 0 || std::strcmp(region, "US") == 0;
		if (!(fast && north_america && by_table(number, out)) &&
		    (v = by_library(number, region, out)) != PHONE_OK)
			return v;
		std::memcpy(out->extension, extension.c_str(), extension.size() + 1);
		return PHONE_OK;
	} catch (...) {
		return PHONE_IMPOSSIBLE;
	}
}

}

enum phone_verdict
phone_parse(const char *text, const char *region, struct phone_number *out)
{
	return parse(text, region, out, true);
}

enum phone_verdict
phone_parse_slow(const char *text, const char *region, struct phone_number *out)
{
	return parse(text, region, out, false);
}
