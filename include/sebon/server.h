/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Service side: servers, and the requests that operations are given.
 *
 * Thread: the runtime's, unless a function is marked "any thread".
 */
#ifndef SEBON_SERVER_H
#define SEBON_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sebon/describe.h>
#include <sebon/error.h>
#include <sebon/runtime.h>
#include <sebon/status.h>
#include <sebon/types.h>

SBN_BEGIN_DECLS

typedef struct sbn_server sbn_server;
typedef struct sbn_request sbn_request;

/* Zero is the default of every member. */
typedef struct sbn_server_options {
    size_t max_connections;    /* default 10000; beyond it none is accepted */
    size_t max_request_bytes;  /* HTTP body; default 64 MiB; beyond it 413 */
    size_t max_header_bytes;   /* HTTP head; default 16 KiB; beyond it 431 */
    size_t max_memory;         /* of one decoded request; default 256 MiB */
    uint32_t max_depth;        /* of XML elements; default 128 */
    uint32_t header_timeout;   /* ms for a head to arrive; default 20000 */
    uint32_t body_timeout;     /* ms without progress of a body or a reply;
                                  default 30000 */
    uint32_t idle_timeout;     /* ms a connection waits for its next request;
                                  default 120000 */
    uint32_t drain_grace;      /* ms in which a closing server still takes
                                  connections that are being made, and then
                                  in which it takes requests on idle ones;
                                  default 0 */
    int backlog;               /* of listen(2); default 4096 */
    size_t max_calls;          /* that run or wait for their turn; default
                                  100000; beyond it no further request is
                                  read until one has ended */
    size_t max_buffered_bytes; /* of requests being read and served, and of
                                  replies that clients do not take; default
                                  512 MiB; beyond it no further request is
                                  read, and what grows to twice that gets
                                  503 */
} sbn_server_options;

/*
 * Looks on at a service. Either function may be NULL; both run on the loop.
 */
typedef struct sbn_inspector {
    /*
     * When the request's body has begun: its HTTP head, action, the name of its
     * body element and the header entries that an operation of the service
     * declares are known (sbn_request_http_header, sbn_request_action,
     * sbn_request_body_name, generated functions for headers), and nothing
     * else. Anything but SBN_OK ends it:
     * sbn_request_fault(...), sbn_request_refuse(...), or a status that
     * becomes an internal fault.
     */
    sbn_status (*before_dispatch)(sbn_request *request, void *data);
    /* Before the reply is written: status is SBN_OK, or that of the fault. It
     * may set HTTP headers, add header entries, and make a fault of the reply.
     * Not for one-way requests, nor for what is no SOAP message. */
    void (*before_reply)(sbn_request *request, sbn_status status, void *data);
    void *data;
} sbn_inspector;

/*
 * Operations for messages of any kind (WCF's Action="*"): body is the element
 * in the envelope's Body as XML (text NULL: the Body is empty), and the reply
 * is what *ret_body has (text NULL: an empty Body). Give call, or begin with
 * end. sbn_request_action tells what is asked for.
 */
typedef struct sbn_untyped_service {
    sbn_status (*call)(sbn_request *request, sbn_xml body, sbn_xml *ret_body);
    sbn_status (*begin_call)(sbn_request *request, sbn_xml body);
    sbn_status (*end_call)(sbn_request *request, sbn_xml *ret_body);
} sbn_untyped_service;

/* Zero is the default of every member. */
typedef struct sbn_service_options {
    bool prefer_async;   /* given both implementations, run Begin/End */
    bool on_thread_pool; /* run synchronous operations on libuv's thread pool */
    bool include_detail; /* tell clients the text of internal errors */
    sbn_soap_version soap; /* this version only, the other gets 415; default:
                              both */
    void *data;          /* what sbn_request_data gives */
    uint32_t max_concurrent_calls; /* 0: as many as come */
    uint32_t max_queued_calls; /* that wait for one of those to end; default
                                  1000; beyond it 503 with Retry-After */
    bool no_queue;             /* none waits */
    bool no_metadata;          /* ?wsdl and its kin are not answered */
    bool no_help_page;         /* nor a GET without query, with a page */
    const char *public_url;    /* copied; the address that metadata and page
                                  tell; default: by the request's Host */
    const sbn_inspector *inspector; /* borrowed; NULL: none */
    const sbn_untyped_service *untyped; /* borrowed; for messages that no
                                           operation of the contract takes;
                                           NULL: they get a fault */
} sbn_service_options;

/* SBN_ENOMEM */
SBN_EXPORT sbn_status
sbn_server_new(sbn_runtime *runtime, const sbn_server_options *options,
               sbn_server **ret_server);

/*
 * What generated bind functions call. service points to the service's struct
 * of function pointers and is borrowed until the server is released; path is
 * copied. Each operation must have its synchronous function, or its begin with
 * its end, or both; options may be NULL.
 *
 * SBN_EINVAL  an operation has begin without end, end without begin, or
 *             nothing; or path is taken. sbn_server_error_text says which.
 * SBN_EABI    generated for another library version
 * SBN_ENOMEM
 */
SBN_EXPORT sbn_status
sbn_service_bind(sbn_server *server, const char *path,
                 const sbn_contract *contract, const void *service,
                 const sbn_service_options *options);

/* A service without a contract: options->untyped takes all its messages. */
SBN_EXPORT sbn_status
sbn_service_bind_untyped(sbn_server *server, const char *path,
                         const sbn_service_options *options);

/* host: a numeric address or a name of this machine ("127.0.0.1", "::",
 * "localhost"); port 0: any free one. May be called several times.
 * SBN_ELISTEN: sbn_server_error_text says why. */
SBN_EXPORT sbn_status
sbn_server_listen(sbn_server *server, const char *host, uint16_t port);

/* A Unix socket; removed when the server stops listening. */
SBN_EXPORT sbn_status
sbn_server_listen_unix(sbn_server *server, const char *path);

/* A TCP or Unix socket that listens already, as systemd passes them; it stays
 * the program's, and may be shared with other servers and processes.
 * SBN_ELISTEN: it does not listen, or is no socket. */
SBN_EXPORT sbn_status
sbn_server_listen_fd(sbn_server *server, int fd);

/* The port of the first TCP address; 0: none. */
SBN_EXPORT uint16_t
sbn_server_port(const sbn_server *server);

/* The text of the last failure of bind or listen; "" when there was none. */
SBN_EXPORT const char *
sbn_server_error_text(const sbn_server *server);

/* Requests whose operation was called and has not ended (it may be answered
 * already, when it is one-way). */
SBN_EXPORT size_t
sbn_server_pending(const sbn_server *server);

/*
 * Graceful: answers what has come, also on connections in the backlog, stops
 * accepting (after drain_grace), and closes keep-alive connections. After
 * deadline milliseconds it drops the rest: abort notices are given, and a
 * request that is not completed on its notice is given up (its end does not
 * run; completing it later only releases its memory). closed(data) (may be
 * NULL) runs last, from the loop; the server is then gone. It waits for
 * operations on the thread pool, whatever the deadline. Allowed in handlers; a
 * second close only shortens the deadline.
 */
SBN_EXPORT void
sbn_server_close(sbn_server *server, uint32_t deadline,
                 void (*closed)(void *data), void *data);

/* close with a deadline of 0 and no callback. NULL does nothing. */
SBN_EXPORT void
sbn_server_free(sbn_server *server);

/* ---- In operations ------------------------------------------------------- */

/*
 * A request lives from the call of its operation until its reply is on its
 * way. What is allocated from it, and the arguments of begin, live as long.
 *
 * A synchronous operation fills in its results and returns SBN_OK, or returns
 * sbn_request_fault(...) or any other status, which becomes an internal
 * fault. An asynchronous one starts work in begin and calls
 * sbn_request_complete when it is done; end then runs on the loop to fetch the
 * results or the fault. A failing begin answers at once, and end does not run.
 */

/* Tells the runtime that the work of a Begin/End request is done; end runs
 * later, on the loop, never from here. Exactly once a request: a second one gets
 * SBN_ESTATE as long as the server is there and has not given the request's
 * object to another. Harmless when the client has gone, and needed all the
 * same; when the server has gone it gives the memory back. Any thread. */
SBN_EXPORT sbn_status
sbn_request_complete(sbn_request *request);

/* X(name, SOAP 1.1 code, SOAP 1.2 code) */
typedef enum sbn_fault_code {
    SBN_FAULT_SENDER,  /* 1.1 Client: the request is at fault */
    SBN_FAULT_RECEIVER /* 1.1 Server: the service is */
} sbn_fault_code;

/* Makes the reply a fault; reason is printf-like text, UTF-8, copied. Returns
 * SBN_EFAULT, to be returned by the operation. Thread: the operation's. */
SBN_EXPORT sbn_status
sbn_request_fault(sbn_request *request, sbn_fault_code code,
                  const char *reason, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/* As sbn_request_fault, with all that a fault has; texts are copied. A code
 * without a namespace is SOAP's, and is put in the words of the request's
 * version ("Client" is "Sender" in SOAP 1.2); one of another namespace is told
 * as it is by SOAP 1.1, and as the subcode of Sender by 1.2; SOAP 1.1 tells the
 * subcode instead of the code. reason NULL: empty; lang NULL: "en-US". Without a
 * detail, one that was given before (by a generated function) stays; part and
 * value are not looked at. SBN_EFAULT, or SBN_ENOMEM. Thread: the operation's.
 */
SBN_EXPORT sbn_status
sbn_request_fault_with(sbn_request *request, const sbn_fault *fault);

/* Makes the reply an internal fault; text (printf-like) is told to clients only
 * when the service's options say include_detail. Returns SBN_EFAULT, to be
 * returned by the operation. Thread: the operation's. */
SBN_EXPORT sbn_status
sbn_request_fail(sbn_request *request, const char *text, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* An operation for messages of any kind that succeeds then answers 202 without
 * a message. Thread: the operation's. */
SBN_EXPORT void
sbn_request_no_reply(sbn_request *request);

/* For an inspector: the answer is this HTTP status (400 to 599) without a body.
 * Returns SBN_EFAULT, to be returned by before_dispatch. */
SBN_EXPORT sbn_status
sbn_request_refuse(sbn_request *request, int http_status);

/* As sbn_request_fault, with a detail that the contract declares: part's element, whose value
 * is in value (a struct of part->size) and serialized before this returns;
 * reason is a text. SBN_EFAULT; a detail that cannot be written (SBN_EINVAL: a
 * required value is missing) makes it an internal fault instead. For generated
 * code. Thread: the operation's. */
SBN_EXPORT sbn_status
sbn_request_fault_detail(sbn_request *request, sbn_fault_code code,
                         const char *reason, const sbn_part *part,
                         const void *value);

/* The n-th (from 0) header entry of the request that is part's, decoded; NULL:
 * there are not so many. Lives as long as the request. Any thread. */
SBN_EXPORT const void *
sbn_request_header(const sbn_request *request, const sbn_part *part, size_t n);

/* Adds a header entry to the reply, faults too: part's element, whose value is
 * in value and serialized before this returns. SBN_EINVAL: a required value is
 * missing; SBN_ENOMEM. Thread: the operation's. */
SBN_EXPORT sbn_status
sbn_request_set_header(sbn_request *request, const sbn_part *part,
                       const void *value);

/* Marks the header entry that was added to the reply last, instead of what its
 * contract says. One that is kept as XML has the attributes that stand in it,
 * too. SBN_ESTATE: there is none; SBN_ENOMEM. Thread: the operation's. */
SBN_EXPORT sbn_status
sbn_request_mark_header(sbn_request *request, const sbn_header_marks *marks);

/* The marks of the n-th (from 0) entry {ns}local of the request, NULL: there
 * are not so many that the contract declares. ns may be NULL. Any thread. */
SBN_EXPORT const sbn_header_marks *
sbn_request_header_marks(const sbn_request *request, const char *ns,
                         const char *local, size_t n);

/* fn(request, data) runs once, on the loop, when the client goes away before
 * the reply, or the server drops it; the request must still be completed (that
 * may be done in fn). NULL fn: no longer. */
SBN_EXPORT void
sbn_request_on_abort(sbn_request *request,
                     void (*fn)(sbn_request *request, void *data), void *data);

/* Whether the client has gone. Any thread. */
SBN_EXPORT bool
sbn_request_is_aborted(const sbn_request *request);

/* Memory that goes with the request; NULL: none left. Zeroed, aligned for any
 * type. Thread: the operation's. */
SBN_EXPORT void *
sbn_request_alloc(sbn_request *request, size_t size);

/* A copy of text (NULL gives NULL). */
SBN_EXPORT const char *
sbn_request_strdup(sbn_request *request, const char *text);

/* As given in the service's options. Any thread. */
SBN_EXPORT void *
sbn_request_data(const sbn_request *request);

/* The program's own pointer for this request, from begin to end. */
SBN_EXPORT void
sbn_request_set_state(sbn_request *request, void *state);
SBN_EXPORT void *
sbn_request_state(const sbn_request *request);

/* The runtime the request came in on. Any thread. */
SBN_EXPORT sbn_runtime *
sbn_request_runtime(const sbn_request *request);

/* "host:port" of the client, or "unix"; "" when it has gone. */
SBN_EXPORT const char *
sbn_request_peer(const sbn_request *request);

/* The value of the HTTP header name (any case), or NULL. */
SBN_EXPORT const char *
sbn_request_http_header(const sbn_request *request, const char *name);

/*
 * A header of the HTTP response; the same name again replaces it, value NULL
 * takes it out. Copied. Without effect on one-way requests.
 *
 * SBN_EINVAL  not a header's name or value, or one that HTTP itself depends on
 *             (Content-Length, Connection ...)
 * SBN_ENOMEM
 *
 * Thread: the operation's.
 */
SBN_EXPORT sbn_status
sbn_request_set_http_header(sbn_request *request, const char *name,
                            const char *value);

/* The SOAP action as it came, without quotes; "" when there is none. */
SBN_EXPORT const char *
sbn_request_action(const sbn_request *request);

/* The element in the envelope's Body; local is NULL when it is empty. */
SBN_EXPORT sbn_qname
sbn_request_body_name(const sbn_request *request);

SBN_END_DECLS

#endif
