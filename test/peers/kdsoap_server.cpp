// SPDX-License-Identifier: Apache-2.0
// The calculator on KDSoap; prints its URL once it listens.
#include <KDSoapServer/KDSoapServer.h>
#include <QtCore/QCoreApplication>

#include <cstdio>

#include "server.h"

class Calculator : public CalculatorServiceServerBase
{
    Q_OBJECT
    Q_INTERFACES(KDSoapServerObjectInterface)

public:
    TNS__AddResponse
    add(const TNS__Add &in) override
    {
        TNS__AddResponse out;

        out.setAddResult(in.n1() + in.n2());
        return out;
    }

    TNS__SubtractResponse
    subtract(const TNS__Subtract &in) override
    {
        TNS__SubtractResponse out;

        out.setSubtractResult(in.n1() - in.n2());
        return out;
    }

    TNS__MultiplyResponse
    multiply(const TNS__Multiply &in) override
    {
        TNS__MultiplyResponse out;

        out.setMultiplyResult(in.n1() * in.n2());
        return out;
    }

    TNS__DivideResponse
    divide(const TNS__Divide &in) override
    {
        TNS__DivideResponse out;

        if (in.n2() == 0)
            setFault("Client", "the divisor is zero");
        else
            out.setDivideResult(in.n1() / in.n2());
        return out;
    }
};

class Server : public KDSoapServer
{
    Q_OBJECT

public:
    QObject *
    createServerObject() override
    {
        return new Calculator;
    }
};

int
main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Server server;

    if (!server.listen(QHostAddress::LocalHost, 0))
        return 1;
    std::printf("http://127.0.0.1:%u\n", unsigned(server.serverPort()));
    std::fflush(stdout);
    return application.exec();
}

#include "server.moc"
