/*
 * fetch.c - libcurl behind fetch.h. One handle per process: a GET may use the connection of the last one again. A POST
 * gets a connection of its own, because libcurl silently sends a request a second time when a kept connection turns
 * out to be dead, and a call that is placed twice rings twice.
 */
#include "plumb/fetch.h"

#include <curl/curl.h>

#include <sys/socket.h>

#include "plumb/address.h"
#include "plumb/arena.h"
#include "plumb/buf.h"
#include "plumb/log.h"

enum { CONNECT_MS = 3000, WHOLE_MS = 8000 };

static CURL *handle;

static void
ready(void)
{
	if (handle == NULL && (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (handle = curl_easy_init()) == NULL))
		die("fetch: libcurl does not start");
	curl_easy_reset(handle);	/* keeps its connections */
}

bool
fetch_url_ok(const char *url)
{
	const char *at;
	size_t n;

	if (url == NULL || url[strcspn(url, " \t\r\n\\#")] != '\0')
		return false;
	if (strncmp(url, "https://", 8) == 0) {
		at = url + 8;
		n = strcspn(at, "/?");
		return n > 0 && *at != ':' && memchr(at, '@', n) == NULL;
	}
	if (strncmp(url, "http://127.0.0.1", 16) != 0)
		return false;
	at = url + 16;
	if (*at == ':')
		at += 1 + strspn(at + 1, "0123456789");
	return *at == '\0' || *at == '/' || *at == '?';
}

bool
fetch_url_public(const char *url)
{
	return fetch_url_ok(url) && !address_url_private(url);
}

static size_t
take(char *p, size_t size, size_t n, void *to)
{
	struct buf *b = to;

	buf_bytes(b, p, size * n);
	return b->full ? 0 : size * n;
}

static enum fetch_why
why(CURLcode c)
{
	switch (c) {
	case CURLE_OK:
		return FETCH_FINE;
	case CURLE_URL_MALFORMAT:
		return FETCH_ADDRESS;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return FETCH_UNREACHED;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CERTPROBLEM:
		return FETCH_TLS;
	case CURLE_OPERATION_TIMEDOUT:
		return FETCH_SILENT;
	case CURLE_WRITE_ERROR:
		return FETCH_TOO_LARGE;
	default:
		return FETCH_BROKEN;
	}
}

static struct curl_slist *
add(struct curl_slist *list, struct arena *a, const char *name, const char *value)
{
	struct curl_slist *longer = curl_slist_append(list, value == NULL ? name : arena_fmt(a, "%s: %s", name, value));

	if (longer == NULL)
		die("memory: a header refused");
	return longer;
}

/* Asked after names were looked up, so that a name cannot lead elsewhere than it did when it was checked. */
static curl_socket_t
open_public(void *refused, curlsocktype purpose, struct curl_sockaddr *to)
{
	(void)purpose;
	if (!address_public(&to->addr)) {
		*(bool *)refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* `body` gets the answer; the list of headers must outlive the request. */
static struct curl_slist *
prepare(struct arena *a, const struct fetch_request *rq, struct buf *body, bool *refused)
{
	struct curl_slist *headers = add(NULL, a, "Expect:", NULL);	/* no round trip before a body */
	const char *authorities = getenv("SSL_CERT_FILE");
	bool get = strcmp(rq->method, "GET") == 0;

	curl_easy_setopt(handle, CURLOPT_URL, rq->url);
	curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, strncmp(rq->url, "https:", 6) == 0 ? "https" : "http");
	curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(handle, CURLOPT_PROXY, "");
	curl_easy_setopt(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
	curl_easy_setopt(handle, CURLOPT_USERAGENT, "Tocsin");
	curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(handle, CURLOPT_WRITEDATA, body);
	if (authorities != NULL && *authorities != '\0')
		curl_easy_setopt(handle, CURLOPT_CAINFO, authorities);
	if (rq->public_only) {
		curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_public);
		curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, refused);
	}
	if (!get)
		curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, rq->method);
	if (!get && !rq->may_come_twice) {
		curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
		curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
	}
	if (rq->body != NULL) {
		curl_easy_setopt(handle, CURLOPT_POSTFIELDS, rq->body);
		curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(rq->body));
		headers = add(headers, a, "Content-Type", rq->content_type);
	}
	if (rq->user != NULL) {
		curl_easy_setopt(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(handle, CURLOPT_USERNAME, rq->user);
		curl_easy_setopt(handle, CURLOPT_PASSWORD, rq->password);
	}
	for (size_t i = 0; rq->headers != NULL && rq->headers[i] != NULL; i++)
		headers = add(headers, a, rq->headers[i], NULL);
	if (rq->bearer != NULL)
		headers = add(headers, a, "Authorization", arena_fmt(a, "Bearer %s", rq->bearer));
	curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
	return headers;
}

enum fetched
fetch(struct arena *a, const struct fetch_request *rq, struct fetch_answer *out)
{
	struct curl_slist *headers;
	curl_off_t begun = 0, retry = 0;
	long status = 0;
	bool refused = false;
	struct buf body;
	CURLcode code;

	*out = (struct fetch_answer){ .body = "" };
	if (!fetch_url_ok(rq->url)) {
		out->why = FETCH_ADDRESS;
		return FETCH_NOT_SENT;
	}
	ready();
	buf_init_in(&body, a, FETCH_BODY_MOST);
	headers = prepare(a, rq, &body, &refused);
	code = curl_easy_perform(handle);
	curl_slist_free_all(headers);
	curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &begun);
	curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &retry);
	out->why = refused && code != CURLE_OK ? FETCH_ADDRESS : why(code);
	out->status = (int)status;
	out->retry_after_s = retry > 0 && retry < 86400 ? (unsigned)retry : 0;
	if (code != CURLE_OK)
		return begun == 0 ? FETCH_NOT_SENT : FETCH_UNKNOWN;
	if (body.len > 0)
		out->body = body.data;
	out->len = body.len;
	return FETCH_ANSWERED;
}
