/*
 * code.c - what a SIP code or a Q.850 cause says about why nobody answered.
 */
#include "provider/fact.h"

enum call_class
class_of_code(int sip, int q850)
{
	static const struct { short code; enum call_class class; } sips[] = {
		{ 200, CLASS_ANSWERED },
		{ 486, CLASS_BUSY }, { 600, CLASS_BUSY },
		{ 408, CLASS_NO_ANSWER }, { 480, CLASS_NO_ANSWER }, { 487, CLASS_NO_ANSWER },
		{ 404, CLASS_INVALID_NUMBER }, { 410, CLASS_INVALID_NUMBER }, { 484, CLASS_INVALID_NUMBER },
		{ 485, CLASS_INVALID_NUMBER }, { 604, CLASS_INVALID_NUMBER },
		{ 403, CLASS_REJECTED }, { 433, CLASS_REJECTED }, { 603, CLASS_REJECTED },
		{ 607, CLASS_REJECTED }, { 608, CLASS_REJECTED },
		{ 401, CLASS_ACCOUNT }, { 402, CLASS_ACCOUNT }, { 407, CLASS_ACCOUNT },
	}, causes[] = {
		{ 16, CLASS_NONE },	/* cleared: answered before or not, it does not say */
		{ 17, CLASS_BUSY },
		{ 18, CLASS_NO_ANSWER }, { 19, CLASS_NO_ANSWER }, { 20, CLASS_NO_ANSWER },
		{ 1, CLASS_INVALID_NUMBER }, { 22, CLASS_INVALID_NUMBER }, { 28, CLASS_INVALID_NUMBER },
		{ 21, CLASS_REJECTED }, { 55, CLASS_REJECTED },
		{ 50, CLASS_ACCOUNT }, { 52, CLASS_ACCOUNT }, { 57, CLASS_ACCOUNT },
	};

	for (size_t i = 0; i < NITEMS(sips); i++)
		if (sips[i].code == sip)
			return sips[i].class;
	if (sip >= 400 && sip <= 699)
		return CLASS_NETWORK;
	for (size_t i = 0; i < NITEMS(causes); i++)
		if (causes[i].code == q850)
			return causes[i].class;
	return q850 > 0 && q850 <= 127 ? CLASS_NETWORK : CLASS_NONE;
}
