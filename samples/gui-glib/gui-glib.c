/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calculator's client in a GLib main loop, which is also GTK's: the runtime
 * is one more source of it.  Calls are on their way while the loop goes on
 * doing what it does; here that is a timer that ticks every 10 ms.
 *
 *   sebon generate calculator.wsdl --out .
 *   cc -o gui-glib gui-glib.c calculator.c \
 *      $(pkg-config --cflags --libs sebon glib-2.0)
 */
#include <stdio.h>
#include <stdlib.h>

#include <glib.h>

#include "calculator.h"

/* ---- The runtime as a source -----------------------------------------------
 * Once a turn GLib asks how long it may sleep at most, sleeps until that time
 * or until the descriptor is readable, and then has the runtime go on.  A call
 * that was begun in a callback of the program is noticed in the same way.
 */

struct runtime_source {
    GSource source;
    sbn_runtime *runtime;
    gpointer fd; /* GLib's tag of the runtime's descriptor */
};

static gboolean
source_prepare(GSource *source, gint *timeout)
{
    struct runtime_source *self = (struct runtime_source *)source;

    *timeout = sbn_runtime_timeout(self->runtime);
    return *timeout == 0;
}

static gboolean
source_check(GSource *source)
{
    struct runtime_source *self = (struct runtime_source *)source;

    return g_source_query_unix_fd(source, self->fd) != 0 ||
           sbn_runtime_timeout(self->runtime) == 0;
}

static gboolean
source_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    struct runtime_source *self = (struct runtime_source *)source;

    (void)callback;
    (void)data;
    sbn_runtime_dispatch(self->runtime);
    return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_functions = {.prepare = source_prepare,
                                        .check = source_check,
                                        .dispatch = source_dispatch};

/* Destroy it before the runtime is freed. */
static GSource *
runtime_source_new(sbn_runtime *runtime)
{
    GSource *source =
        g_source_new(&source_functions, sizeof(struct runtime_source));
    struct runtime_source *self = (struct runtime_source *)source;

    self->runtime = runtime;
    self->fd = g_source_add_unix_fd(source, sbn_runtime_fd(runtime), G_IO_IN);
    g_source_attach(source, NULL);
    return source;
}

/* ---- The program -----------------------------------------------------------
 */

struct program {
    GMainLoop *loop;
    calculator_client *calc;
    unsigned pending, failures, ticks;
};

/* What a button would be told by; user_state names the call. */
static char button;

static gboolean
on_tick(gpointer data)
{
    struct program *program = data;

    program->ticks++;
    return G_SOURCE_CONTINUE;
}

/* The user has changed their mind. */
static gboolean
on_cancel(gpointer data)
{
    struct program *program = data;

    sbn_client_cancel_async(calculator_client_base(program->calc), &button);
    return G_SOURCE_REMOVE;
}

/* All four results are there: one call more, to be cancelled. */
static void
call_and_cancel(struct program *program)
{
    if (calculator_add_async(program->calc, 1, 2, &button) != SBN_OK) {
        program->failures++;
        g_main_loop_quit(program->loop);
        return;
    }
    program->pending++;
    g_idle_add(on_cancel, program);
}

static void
show(struct program *program, const char *operation, const sbn_error *error,
     bool cancelled, double result, const void *user_state)
{
    if (cancelled)
        printf("%s: cancelled\n", operation);
    else if (error != NULL)
        fprintf(stderr, "%s\n", sbn_error_text(error));
    else
        printf("%s Result: %.15g\n", operation, result);
    if (error != NULL || cancelled != (user_state == &button))
        program->failures++;
    if (--program->pending > 0)
        return;
    if (user_state == &button || program->failures > 0)
        g_main_loop_quit(program->loop);
    else
        call_and_cancel(program);
}

#define ON_COMPLETED(name, text)                                            \
    static void on_##name(calculator_client *sender,                        \
                          const struct calculator_##name##_completed *e,    \
                          void *data)                                       \
    {                                                                       \
        (void)sender;                                                       \
        show(data, text, e->error, e->cancelled, e->result, e->user_state); \
    }

ON_COMPLETED(add, "Add")
ON_COMPLETED(subtract, "Subtract")
ON_COMPLETED(multiply, "Multiply")
ON_COMPLETED(divide, "Divide")

static const struct calculator_events events = {
    .add_completed = on_add,
    .subtract_completed = on_subtract,
    .multiply_completed = on_multiply,
    .divide_completed = on_divide,
};

static sbn_status
call_all(struct program *program)
{
    calculator_client *calc = program->calc;
    sbn_status status;

    status = calculator_client_listen(calc, &events, program);
    if (status == SBN_OK)
        status = calculator_add_async(calc, 100.00, 15.99, NULL);
    if (status == SBN_OK)
        status = calculator_subtract_async(calc, 145.00, 76.54, NULL);
    if (status == SBN_OK)
        status = calculator_multiply_async(calc, 9.00, 81.25, NULL);
    if (status == SBN_OK)
        status = calculator_divide_async(calc, 22.00, 7.00, NULL);
    program->pending = 4;
    return status;
}

static void
run_loop(struct program *program, sbn_runtime *runtime)
{
    GSource *source = runtime_source_new(runtime);
    guint timer = g_timeout_add(10, on_tick, program);

    program->loop = g_main_loop_new(NULL, FALSE);
    g_main_loop_run(program->loop);
    g_main_loop_unref(program->loop);
    g_source_remove(timer);
    g_source_destroy(source);
    g_source_unref(source);
    printf("%u ticks meanwhile\n", program->ticks);
}

int
main(int argc, char **argv)
{
    struct program program = {.failures = 0};
    sbn_runtime *runtime = NULL;
    sbn_status status;

    if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
        fputs("usage: gui-glib [URL]\n", stderr);
        return 2;
    }
    status = sbn_runtime_new(NULL, &runtime);
    if (status == SBN_OK)
        status = calculator_client_new(runtime, argv[1], NULL, &program.calc);
    if (status == SBN_OK)
        status = call_all(&program);
    if (status == SBN_OK)
        run_loop(&program, runtime);
    else
        fprintf(stderr, "gui-glib: %s\n", sbn_status_text(status));
    calculator_client_free(program.calc);
    sbn_runtime_free(runtime);
    return status == SBN_OK && program.failures == 0 ? EXIT_SUCCESS
                                                     : EXIT_FAILURE;
}
