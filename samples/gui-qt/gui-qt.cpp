// SPDX-License-Identifier: Apache-2.0
//
// The calculator's client in the event loop of Qt 5 or 6: a notifier for the
// runtime's descriptor and a timer for its time-out.  Calls are on their way
// while the loop goes on doing what it does; here that is a timer that ticks
// every 10 ms.
//
//   sebon generate calculator.wsdl --out .
//   cc -c calculator.c $(pkg-config --cflags sebon)
//   c++ -fPIC -o gui-qt gui-qt.cpp calculator.o
//       $(pkg-config --cflags --libs sebon Qt5Core)
#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QSocketNotifier>
#include <QtCore/QTimer>

#include <cstdio>
#include <cstdlib>

#include "calculator.h"

// ---- The runtime in Qt's loop ----------------------------------------------
// Before Qt sleeps it says so: then the runtime tells how long it may, also
// when a call was begun in a slot of the program.

class RuntimeInLoop : public QObject
{
  public:
    explicit RuntimeInLoop(sbn_runtime *with)
        : runtime(with), notifier(sbn_runtime_fd(with), QSocketNotifier::Read)
    {
        timer.setSingleShot(true);
        timer.setTimerType(Qt::PreciseTimer);
        connect(&timer, &QTimer::timeout, this, &RuntimeInLoop::dispatch);
        connect(&notifier, &QSocketNotifier::activated, this,
                &RuntimeInLoop::dispatch);
        connect(QAbstractEventDispatcher::instance(),
                &QAbstractEventDispatcher::aboutToBlock, this,
                &RuntimeInLoop::arm);
    }

  private:
    void arm()
    {
        const int timeout = sbn_runtime_timeout(runtime);

        if (dispatching || timeout < 0)
            timer.stop();
        else
            timer.start(timeout);
    }

    // A completion that opens a dialog runs Qt's loop inside of this; the
    // runtime goes on when it has returned.
    void dispatch()
    {
        if (dispatching)
            return;
        dispatching = true;
        notifier.setEnabled(false);
        sbn_runtime_dispatch(runtime);
        notifier.setEnabled(true);
        dispatching = false;
    }

    sbn_runtime *runtime;
    QSocketNotifier notifier;
    QTimer timer;
    bool dispatching = false;
};

// ---- The program -----------------------------------------------------------

class Program
{
  public:
    Program(sbn_runtime *runtime, const char *url)
    {
        status = calculator_client_new(runtime, url, nullptr, &calc);
        if (status == SBN_OK)
            callAll();
        QObject::connect(&ticker, &QTimer::timeout, [this] { ticks++; });
        ticker.start(10);
    }

    ~Program()
    {
        calculator_client_free(calc);
    }

    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    sbn_status status;
    unsigned failures = 0, ticks = 0;

  private:
    void callAll()
    {
        events.add_completed = completed<calculator_add_completed>;
        events.subtract_completed = completed<calculator_subtract_completed>;
        events.multiply_completed = completed<calculator_multiply_completed>;
        events.divide_completed = completed<calculator_divide_completed>;
        status = calculator_client_listen(calc, &events, this);
        if (status == SBN_OK)
            status = calculator_add_async(calc, 100.00, 15.99, nullptr);
        if (status == SBN_OK)
            status = calculator_subtract_async(calc, 145.00, 76.54, nullptr);
        if (status == SBN_OK)
            status = calculator_multiply_async(calc, 9.00, 81.25, nullptr);
        if (status == SBN_OK)
            status = calculator_divide_async(calc, 22.00, 7.00, nullptr);
        pending = 4;
    }

    static const char *name(const calculator_add_completed *)
    {
        return "Add";
    }
    static const char *name(const calculator_subtract_completed *)
    {
        return "Subtract";
    }
    static const char *name(const calculator_multiply_completed *)
    {
        return "Multiply";
    }
    static const char *name(const calculator_divide_completed *)
    {
        return "Divide";
    }

    template <class Completed>
    static void completed(calculator_client *, const Completed *e, void *data)
    {
        static_cast<Program *>(data)->show(name(e), *e);
    }

    template <class Completed>
    void show(const char *operation, const Completed &e)
    {
        const bool wasButton = e.user_state == &button;

        if (e.cancelled)
            std::printf("%s: cancelled\n", operation);
        else if (e.error != nullptr)
            std::fprintf(stderr, "%s\n", sbn_error_text(e.error));
        else
            std::printf("%s Result: %.15g\n", operation, e.result);
        if (e.error != nullptr || e.cancelled != wasButton)
            failures++;
        if (--pending > 0)
            return;
        if (wasButton || failures > 0)
            QCoreApplication::quit();
        else
            callAndCancel();
    }

    // All four results are there: one call more, and the user changes their
    // mind.
    void callAndCancel()
    {
        if (calculator_add_async(calc, 1, 2, &button) != SBN_OK) {
            failures++;
            QCoreApplication::quit();
            return;
        }
        pending++;
        QTimer::singleShot(0, [this] {
            sbn_client_cancel_async(calculator_client_base(calc), &button);
        });
    }

    calculator_client *calc = nullptr;
    calculator_events events = {};
    QTimer ticker;
    unsigned pending = 0;
    char button = 0; // its address is the user_state of its call
};

static int
run(sbn_runtime *runtime, const char *url)
{
    RuntimeInLoop inLoop(runtime);
    Program program(runtime, url);

    if (program.status != SBN_OK) {
        std::fprintf(stderr, "gui-qt: %s\n", sbn_status_text(program.status));
        return EXIT_FAILURE;
    }
    QCoreApplication::exec();
    std::printf("%u ticks meanwhile\n", program.ticks);
    return program.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    sbn_runtime *runtime;
    int result;

    if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
        std::fputs("usage: gui-qt [URL]\n", stderr);
        return 2;
    }
    if (sbn_runtime_new(nullptr, &runtime) != SBN_OK)
        return EXIT_FAILURE;
    result = run(runtime, argc == 2 ? argv[1] : nullptr);
    sbn_runtime_free(runtime);
    return result;
}
