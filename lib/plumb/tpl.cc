/*
 * tpl.cc - the shim over ctemplate. Rows live in a deque of their root, so that pointers
 * handed to C stay valid while more rows are added; ctemplate owns the dictionaries.
 */
#include "plumb/tpl.h"

#include <ctemplate/template.h>

#include <cstdlib>
#include <cstring>
#include <deque>
#include <string>

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

struct tpl {
	TemplateDictionary *dict;
	tpl *root;
	std::deque<tpl> *rows;		/* the root's */
	std::string *file;		/* the root's */
};

extern "C" struct tpl *
tpl_new(const char *file)
{
	tpl *t = nullptr;

	try {
		t = new tpl();
		t->root = t;
		t->rows = new std::deque<tpl>();
		t->file = new std::string(file);
		t->dict = new TemplateDictionary("page");
		return t;
	} catch (...) {
		tpl_free(t);
		return nullptr;
	}
}

static struct tpl *
keep(struct tpl *parent, TemplateDictionary *dict)
{
	parent->root->rows->push_back(tpl{ dict, parent->root, nullptr, nullptr });
	return &parent->root->rows->back();
}

extern "C" struct tpl *
tpl_row(struct tpl *parent, const char *section)
{
	try {
		return keep(parent, parent->dict->AddSectionDictionary(TemplateString(section)));
	} catch (...) {
		abort();		/* no memory: stop, be restarted */
	}
}

extern "C" struct tpl *
tpl_include(struct tpl *parent, const char *name, const char *file)
{
	try {
		TemplateDictionary *d = parent->dict->AddIncludeDictionary(TemplateString(name));
		d->SetFilename(file);
		return keep(parent, d);
	} catch (...) {
		abort();
	}
}

extern "C" void
tpl_text(struct tpl *t, const char *name, const char *value)
{
	try {
		t->dict->SetValue(TemplateString(name), TemplateString(value == nullptr ? "" : value));
	} catch (...) {
		abort();
	}
}

extern "C" void
tpl_show(struct tpl *t, const char *section)
{
	try {
		t->dict->ShowSection(TemplateString(section));
	} catch (...) {
		abort();
	}
}

extern "C" char *
tpl_render(struct tpl *t, size_t *len)
{
	try {
		std::string out;

		out.reserve(32 * 1024);
		if (!ctemplate::ExpandTemplate(*t->root->file, ctemplate::STRIP_BLANK_LINES,
		    t->root->dict, &out))
			return nullptr;
		char *text = static_cast<char *>(malloc(out.size() + 1));
		if (text == nullptr)
			return nullptr;
		memcpy(text, out.c_str(), out.size() + 1);
		*len = out.size();
		return text;
	} catch (...) {
		return nullptr;
	}
}

extern "C" void
tpl_free(struct tpl *t)
{
	if (t == nullptr)
		return;
	delete t->dict;
	delete t->rows;
	delete t->file;
	delete t;
}
