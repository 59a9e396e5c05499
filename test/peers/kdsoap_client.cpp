// SPDX-License-Identifier: Apache-2.0
// Calls the calculator with KDSoap: URL CASE.
#include <QtCore/QCoreApplication>

#include <cstdio>

#include "client.h"

static int
expect(const CalculatorService &calc, double got, double want)
{
    if (calc.lastError().isEmpty() && got == want)
        return 0;
    std::fprintf(stderr, "%s, got %.17g, not %.17g\n",
                 qPrintable(calc.lastError()), got, want);
    return 1;
}

template <class In>
static In
operands(double n1, double n2)
{
    In in;

    in.setN1(n1);
    in.setN2(n2);
    return in;
}

// What a Qt program does: a hundred calls under way, and a signal for each.
class Many : public QObject
{
    Q_OBJECT

public:
    explicit Many(CalculatorService *service) : calc(service)
    {
        connect(calc, &CalculatorService::addDone, this, &Many::done);
        connect(calc, &CalculatorService::addError, this, &Many::failed);
    }

    int
    run()
    {
        for (int i = 0; i < 100; i++)
            calc->asyncAdd(operands<TNS__Add>(i, 0.5));
        return QCoreApplication::exec();
    }

private:
    void
    done(const TNS__AddResponse &out)
    {
        sum += out.addResult();
        if (++count == 100)
            QCoreApplication::exit(sum == 99 * 100 / 2 + 50 ? 0 : 1);
    }

    void
    failed(const KDSoapMessage &fault)
    {
        std::fprintf(stderr, "%s\n", qPrintable(fault.faultAsString()));
        QCoreApplication::exit(1);
    }

    CalculatorService *calc;
    double sum = 0;
    int count = 0;
};

static int
run(CalculatorService &calc, const QString &name)
{
    if (name == "add")
        return expect(
            calc, calc.add(operands<TNS__Add>(100.0, 15.99)).addResult(),
            115.99);
    if (name == "subtract")
        return expect(calc,
                      calc.subtract(operands<TNS__Subtract>(145.0, 76.54))
                          .subtractResult(),
                      145.0 - 76.54);
    if (name == "multiply")
        return expect(
            calc,
            calc.multiply(operands<TNS__Multiply>(9.0, 81.25)).multiplyResult(),
            731.25);
    if (name == "divide")
        return expect(
            calc, calc.divide(operands<TNS__Divide>(22.0, 7.0)).divideResult(),
            22.0 / 7.0);
    if (name == "fault") {
        calc.divide(operands<TNS__Divide>(1.0, 0.0));
        if (calc.lastFaultCode().endsWith("Client") &&
            calc.lastError().contains("zero"))
            return 0;
        std::fprintf(stderr, "fault '%s', '%s'\n",
                     qPrintable(calc.lastFaultCode()),
                     qPrintable(calc.lastError()));
        return 1;
    }
    return Many(&calc).run();
}

int
main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    CalculatorService calc;

    if (argc != 3)
        return 2;
    calc.setEndPoint(argv[1]);
    return run(calc, argv[2]);
}

#include "client.moc"
