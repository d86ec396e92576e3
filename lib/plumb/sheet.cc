// sheet.cc - liborcus behind sheet.h: a zip archive of XML parts. Only three kinds of parts matter: the strings that
// cells share, the styles that say which numbers are dates, and one sheet, which is written out as it is read.
#include "plumb/sheet.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <orcus/sax_parser.hpp>
#include <orcus/zip_archive.hpp>
#include <orcus/zip_archive_stream.hpp>

namespace {

constexpr size_t COLUMNS_MOST = 1000, ROWS_MOST = 1048576;
constexpr rlim_t MEMORY_MOST = rlim_t(2) << 30, CSV_MOST = rlim_t(1) << 30, SECONDS_MOST = 120;

using bytes = std::vector<unsigned char>;
using std::string_view;

// What every part needs: the attributes of the element at hand, which the parser gives before the element.
class part : public orcus::sax_handler {
	std::vector<std::pair<std::string, std::string>> attrs;
	size_t n = 0;
public:
	void attribute(const orcus::sax::parser_attribute &a)
	{
		if (n == attrs.size())
			attrs.emplace_back();
		attrs[n].first.assign(a.name);
		attrs[n++].second.assign(a.value);
	}
protected:
	string_view attr(string_view name) const
	{
		for (size_t i = 0; i < n; i++)
			if (attrs[i].first == name)
				return attrs[i].second;
		return {};
	}
	void forget() { n = 0; }
};

template<class Handler> void
read_part(const bytes &xml, Handler &h)
{
	orcus::sax_parser<Handler> parser(reinterpret_cast<const char *>(xml.data()), xml.size(), h);
	parser.parse();
}

bool ends_with(string_view s, string_view end) { return s.size() >= end.size() && s.substr(s.size() - end.size()) == end; }

size_t
number_of(string_view s, size_t otherwise)
{
	size_t v;
	auto [end, err] = std::from_chars(s.data(), s.data() + s.size(), v);
	return err == std::errc() && end == s.data() + s.size() ? v : otherwise;
}

// --- which part is what ---

struct relations : part {
	struct one { std::string id, type, target; };
	std::vector<one> all;
	void start_element(const orcus::sax::parser_element &e)
	{
		if (e.name == "Relationship")
			all.push_back({ std::string(attr("Id")), std::string(attr("Type")), std::string(attr("Target")) });
		forget();
	}
	std::string target_of(string_view type) const
	{
		for (const auto &r : all)
			if (ends_with(r.type, type))
				return r.target;
		return "";
	}
};

struct workbook : part {
	std::string first;		// the relation of the first visible sheet
	bool from_1904 = false;
	void start_element(const orcus::sax::parser_element &e)
	{
		if (e.name == "workbookPr")
			from_1904 = attr("date1904") == "1" || attr("date1904") == "true";
		else if (e.name == "sheet" && first.empty() && attr("state") != "hidden" && attr("state") != "veryHidden")
			first = attr("id");
		forget();
	}
};

// --- text and styles ---

// "_x000D_" is how a workbook writes what XML cannot hold.
void
put_text(std::string &out, string_view s)
{
	for (size_t i = 0; i < s.size(); i++) {
		unsigned char c = s[i];
		if (c == '_' && i + 6 < s.size() && s[i + 1] == 'x' && s[i + 6] == '_') {
			unsigned code = 0;
			auto [end, err] = std::from_chars(&s[i + 2], &s[i + 2] + 4, code, 16);
			if (err == std::errc() && end == &s[i + 2] + 4 && code < 0x80) {
				c = static_cast<unsigned char>(code);
				i += 6;
			}
		}
		if (c == '\n') {
			if (out.empty() || out.back() != '\r')
				out += '\r';
		} else if (c >= 0x20 || c == '\r' || c == '\t')
			out += static_cast<char>(c);
	}
}

struct strings : part {
	std::string text;
	std::vector<size_t> start{ 0 };
	bool in_t = false, phonetic = false;
	void start_element(const orcus::sax::parser_element &e)
	{
		in_t = e.name == "t";
		phonetic = phonetic || e.name == "rPh";
		forget();
	}
	void end_element(const orcus::sax::parser_element &e)
	{
		in_t = false;
		if (e.name == "rPh")
			phonetic = false;
		if (e.name == "si")
			start.push_back(text.size());
	}
	void characters(string_view s, bool)
	{
		if (in_t && !phonetic)
			put_text(text, s);
	}
	string_view at(size_t i) const
	{
		return i + 1 < start.size() ? string_view(text).substr(start[i], start[i + 1] - start[i]) : string_view();
	}
};

// Does a format such as "yyyy\-mm\-dd;@" show a date? Text in quotes, brackets and after a backslash is decoration.
bool
shows_date(string_view f)
{
	bool day_or_year = false, month = false, hour = false;

	for (size_t i = 0; i < f.size(); i++)
		switch (f[i] | 0x20) {
		case '"':
			for (i++; i < f.size() && f[i] != '"'; i++)
				;
			break;
		case 'd': case 'y': day_or_year = true; break;
		case 'm': month = true; break;
		case 'h': case 's': hour = true; break;
		default:
			if (f[i] == '[')
				for (i++; i < f.size() && f[i] != ']'; i++)
					;
			else if (f[i] == '\\' || f[i] == '_' || f[i] == '*')
				i++;
		}
	return day_or_year || (month && !hour);
}

struct styles : part {
	std::vector<size_t> dates;	// identifiers of formats that show one
	std::vector<bool> is_date;	// by the index that cells name
	bool in_cells = false;
	void start_element(const orcus::sax::parser_element &e)
	{
		if (e.name == "numFmt" && shows_date(attr("formatCode")))
			dates.push_back(number_of(attr("numFmtId"), 0));
		if (e.name == "cellXfs")
			in_cells = true;
		if (e.name == "xf" && in_cells) {
			size_t id = number_of(attr("numFmtId"), 0);
			bool date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58);
			for (size_t d : dates)
				date = date || d == id;
			is_date.push_back(date);
		}
		forget();
	}
	void end_element(const orcus::sax::parser_element &e)
	{
		if (e.name == "cellXfs")
			in_cells = false;
	}
};

// --- the sheet ---

// A count of days to YYYY-MM-DD; "" when it is none. In the older count 1900 has a 29 February.
std::string
date_of(double serial, bool from_1904)
{
	char text[40];
	double whole = std::floor(serial);
	int64_t days;
	time_t t;
	struct tm tm;

	if (!(whole >= 1 && whole <= 2958465))
		return "";
	days = static_cast<int64_t>(whole) + (from_1904 ? -24107 : whole > 60 ? -25569 : -25568);
	t = static_cast<time_t>(days * 86400 + std::llround((serial - whole) * 86400));
	if (gmtime_r(&t, &tm) == nullptr)
		return "";
	strftime(text, sizeof(text), serial == whole ? "%Y-%m-%d" : "%Y-%m-%d %H:%M", &tm);
	return text;
}

struct sheet : part {
	const strings &shared;
	const styles &style;
	bool from_1904;
	FILE *out;
	std::vector<std::string> cell;	// of the row at hand; reused
	size_t used = 0, width = 0, column = 0, row = 0, written = 0;
	std::string value, kind, number_style;
	bool in_value = false, in_data = false, any = false, complete = false;

	sheet(const strings &ss, const styles &st, bool old, FILE *f) : shared(ss), style(st), from_1904(old), out(f) {}

	void start_element(const orcus::sax::parser_element &e)
	{
		if (e.name == "sheetData")
			in_data = true;
		else if (in_data && e.name == "row") {
			row = number_of(attr("r"), row + 1);
			if (row <= written || row > ROWS_MOST)
				row = written + 1;
			used = column = 0;
		} else if (in_data && e.name == "c") {
			column = column_of(attr("r"), column);
			kind.assign(attr("t"));
			number_style.assign(attr("s"));
			value.clear();
		} else if (in_data && (e.name == "v" || e.name == "t"))
			in_value = true;
		forget();
	}
	void end_element(const orcus::sax::parser_element &e)
	{
		in_value = false;
		if (!in_data)
			return;
		if (e.name == "c")
			end_cell();
		else if (e.name == "row")
			end_row();
		else if (e.name == "sheetData") {
			in_data = false;
			complete = true;
		}
	}
	void characters(string_view s, bool)
	{
		if (in_value)
			put_text(value, s);
	}
private:
	// "BC23" is column 54, counted from 0; without a name it is the next one.
	static size_t column_of(string_view name, size_t next)
	{
		size_t n = 0;
		for (char c : name) {
			if (c < 'A' || c > 'Z')
				break;
			n = n * 26 + static_cast<size_t>(c - 'A' + 1);
			if (n > COLUMNS_MOST)
				return COLUMNS_MOST;
		}
		return n == 0 ? next : n - 1;
	}
	std::string number() const
	{
		double d;
		size_t s = number_of(number_style, 0);
		bool date = s < style.is_date.size() && style.is_date[s];
		auto [end, err] = std::from_chars(value.data(), value.data() + value.size(), d);
		if (err != std::errc() || end != value.data() + value.size() || !std::isfinite(d))
			return value;
		if (date) {
			std::string day = date_of(d, from_1904);
			if (!day.empty())
				return day;
		}
		char text[64];
		// 5.145550123E9 and 12.300000000000001: what people saw
		if (value.find_first_of(".eE") == std::string::npos)
			return value;
		auto done = d == std::floor(d) && std::fabs(d) < 1e15 ? std::to_chars(text, text + sizeof(text), d, std::chars_format::fixed, 0) :
		    std::to_chars(text, text + sizeof(text), d, std::chars_format::general, 15);
		return std::string(text, done.ptr);
	}
	void end_cell()
	{
		if (column >= COLUMNS_MOST)
			return;
		while (cell.size() <= column)
			cell.emplace_back();
		while (used <= column)
			cell[used++].clear();
		if (kind == "s")
			cell[column].assign(shared.at(number_of(value, SIZE_MAX - 1)));
		else if (kind == "e")
			cell[column].clear();		// #N/A and the like say nothing
		else if (kind == "str" || kind == "inlineStr" || kind == "b" || kind == "d")
			cell[column] = value;
		else
			cell[column] = number();
		column++;
	}
	void put(const std::string &s)
	{
		if (s.find_first_of(";\"\r\t ") == std::string::npos) {
			std::fwrite(s.data(), 1, s.size(), out);
			return;
		}
		std::fputc('"', out);
		for (char c : s) {
			if (c == '"')
				std::fputc('"', out);
			std::fputc(c, out);
		}
		std::fputc('"', out);
	}
	void end_row()
	{
		while (used > 0 && cell[used - 1].empty())
			used--;
		if (used == 0)
			return;
		for (; written + 1 < row; written++)
			std::fputc('\n', out);		// a row without cells
		if (!any)
			width = used;
		any = true;
		for (size_t i = 0; i < used || i < width; i++) {
			if (i > 0)
				std::fputc(';', out);
			if (i < used)
				put(cell[i]);
		}
		std::fputc('\n', out);
		written = row;
	}
};

std::string
folder_of(const std::string &path)
{
	size_t at = path.rfind('/');
	return at == std::string::npos ? "" : path.substr(0, at + 1);
}

// A relation's target: from the archive's root, or beside the part that names it.
std::string
resolved(const std::string &folder, const std::string &target)
{
	return target.empty() ? "" : target[0] == '/' ? target.substr(1) : folder + target;
}

template<class Handler> bool
read_named(const orcus::zip_archive &zip, const std::string &name, Handler &h)
{
	bytes xml;
	if (name.empty() || !zip.read_file_entry(name, xml))
		return false;
	read_part(xml, h);
	return true;
}

enum sheet_verdict
convert(const char *path, FILE *out)
{
	orcus::zip_archive_stream_fd file(path);
	orcus::zip_archive zip(&file);
	relations top, inner;
	workbook book;
	strings shared;
	styles style;

	zip.load();
	if (!read_named(zip, "_rels/.rels", top))
		return SHEET_BROKEN;
	std::string main = resolved("", top.target_of("/officeDocument")), folder = folder_of(main);
	if (main.empty() || !read_named(zip, folder + "_rels/" + main.substr(folder.size()) + ".rels", inner) ||
	    !read_named(zip, main, book))
		return SHEET_BROKEN;
	read_named(zip, resolved(folder, inner.target_of("/sharedStrings")), shared);
	read_named(zip, resolved(folder, inner.target_of("/styles")), style);
	for (const auto &r : inner.all)
		if (r.id == book.first && ends_with(r.type, "/worksheet")) {
			sheet s(shared, style, book.from_1904, out);
			if (!read_named(zip, resolved(folder, r.target), s) || !s.complete)
				return SHEET_BROKEN;
			return s.any ? SHEET_OK : SHEET_EMPTY;
		}
	return SHEET_BROKEN;
}

void
limit(int what, rlim_t most)
{
	struct rlimit r = { most, most };
	setrlimit(what, &r);
}

[[noreturn]] void
in_own_process(const char *path, int fd)
{
	enum sheet_verdict v;
	int null = open("/dev/null", O_RDWR);

	dup2(null, 0);			// nothing the library says or reads reaches the web server
	dup2(null, 1);
	dup2(null, 2);
#if !defined(__SANITIZE_ADDRESS__)
	limit(RLIMIT_AS, MEMORY_MOST);
#endif
	limit(RLIMIT_CPU, SECONDS_MOST);
	limit(RLIMIT_FSIZE, CSV_MOST);
	limit(RLIMIT_CORE, 0);
	try {
		FILE *out = fdopen(fd, "wb");
		v = out == nullptr ? SHEET_FAILED : convert(path, out);
		if (v == SHEET_OK && std::fclose(out) != 0)
			v = SHEET_FAILED;
	} catch (const std::bad_alloc &) {
		v = SHEET_TOO_LARGE;
	} catch (const std::length_error &) {
		v = SHEET_TOO_LARGE;
	} catch (...) {
		v = SHEET_BROKEN;
	}
	_exit(v);
}

}

extern "C" bool
sheet_looks_like(const char *path)
{
	char head[4] = { 0 };
	FILE *f = std::fopen(path, "rb");
	size_t n = f == nullptr ? 0 : std::fread(head, 1, sizeof(head), f);

	if (f != nullptr)
		std::fclose(f);
	return n == sizeof(head) && std::memcmp(head, "PK\003\004", 4) == 0;
}

extern "C" enum sheet_verdict
sheet_to_csv(const char *path, const char *to)
{
	enum sheet_verdict v = SHEET_FAILED;
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640), status = 0;
	pid_t child = fd < 0 ? -1 : fork(), ended;

	if (child == 0)
		in_own_process(path, fd);
	if (fd >= 0)
		close(fd);
	if (child > 0) {
		while ((ended = waitpid(child, &status, 0)) < 0 && errno == EINTR)
			;
		if (ended == child && WIFEXITED(status) && WEXITSTATUS(status) <= SHEET_FAILED)
			v = static_cast<enum sheet_verdict>(WEXITSTATUS(status));
		else if (ended == child && WIFSIGNALED(status))
			v = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGXFSZ || WTERMSIG(status) == SIGKILL ? SHEET_TOO_LARGE : SHEET_BROKEN;
	}
	if (v != SHEET_OK && fd >= 0)
		unlink(to);
	return v;
}
