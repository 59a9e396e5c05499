// SPDX-License-Identifier: Apache-2.0
// The how-to's client with the code that svcutil made: URL. Two operations by
// event, two synchronously meanwhile; prints four results.
using System;
using System.ServiceModel;
using System.Threading;
using Microsoft.ServiceModel.Samples;

static class HowTo
{
    static readonly CountdownEvent pending = new CountdownEvent(2);

    static CalculatorClient Client(string url)
    {
        return new CalculatorClient(
            new BasicHttpBinding(), new EndpointAddress(url));
    }

    static void Print(string operation, Exception error, Func<double> result)
    {
        Console.WriteLine("{0} Result: {1}", operation,
                          error != null ? (object)error.Message : result());
        pending.Signal();
    }

    static int Main(string[] args)
    {
        // One proxy for each call under way: Mono's gets slow otherwise.
        var add = Client(args[0]);
        var subtract = Client(args[0]);
        var calc = Client(args[0]);

        ThreadPool.SetMinThreads(16, 16);
        add.AddCompleted += (sender, e) =>
            Print("Add", e.Error, () => e.Result);
        add.AddAsync(100.00, 15.99);
        subtract.SubtractCompleted += (sender, e) =>
            Print("Subtract", e.Error, () => e.Result);
        subtract.SubtractAsync(145.00, 76.54);
        Console.WriteLine("Multiply Result: {0}", calc.Multiply(9.00, 81.25));
        Console.WriteLine("Divide Result: {0}", calc.Divide(22.00, 7.00));
        return pending.Wait(20000) ? 0 : 1;
    }
}
