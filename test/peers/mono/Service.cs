// SPDX-License-Identifier: Apache-2.0
// The calculator on Mono's ServiceHost, two operations as Begin/End
// pairs; prints its URL once it listens.
using System;
using System.Net;
using System.Net.Sockets;
using System.ServiceModel;
using System.Threading;
using System.Threading.Tasks;

[ServiceContract(Name = "ICalculator",
                 Namespace = "http://Microsoft.ServiceModel.Samples")]
interface ICalculator
{
    [OperationContract(AsyncPattern = true)]
    IAsyncResult BeginAdd(double n1, double n2, AsyncCallback callback,
                          object state);
    double EndAdd(IAsyncResult result);

    [OperationContract(AsyncPattern = true)]
    IAsyncResult BeginSubtract(double n1, double n2, AsyncCallback callback,
                               object state);
    double EndSubtract(IAsyncResult result);

    [OperationContract] double Multiply(double n1, double n2);
    [OperationContract] double Divide(double n1, double n2);
}

[ServiceBehavior(InstanceContextMode = InstanceContextMode.Single,
                 ConcurrencyMode = ConcurrencyMode.Multiple)]
class Service : ICalculator
{
    static IAsyncResult Begin(Func<double> compute, AsyncCallback callback,
                              object state)
    {
        var task = new Task<double>(_ => compute(), state);

        task.ContinueWith(done => callback(done));
        task.Start();
        return task;
    }

    static double End(IAsyncResult result)
    {
        return ((Task<double>)result).Result;
    }

    public IAsyncResult BeginAdd(double n1, double n2, AsyncCallback callback,
                                 object state)
    {
        return Begin(() => n1 + n2, callback, state);
    }

    public double EndAdd(IAsyncResult result) { return End(result); }

    public IAsyncResult BeginSubtract(double n1, double n2,
                                      AsyncCallback callback, object state)
    {
        return Begin(() => n1 - n2, callback, state);
    }

    public double EndSubtract(IAsyncResult result) { return End(result); }
    public double Multiply(double n1, double n2) { return n1 * n2; }
    public double Divide(double n1, double n2) { return n1 / n2; }

    // HttpListener takes no port of 0: one that was free a moment ago.
    static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);

        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    static void Main()
    {
        var url = "http://127.0.0.1:" + FreePort() + "/calculator";
        var host = new ServiceHost(new Service(), new Uri(url));

        host.AddServiceEndpoint(typeof(ICalculator), new BasicHttpBinding(),
                                "");
        host.Open();
        Console.WriteLine(url);
        Thread.Sleep(Timeout.Infinite);
    }
}
