// SPDX-License-Identifier: Apache-2.0
// The calculator and the orders on SoapCore; prints the server's URL once it
// listens.
using System;
using System.Collections.Generic;
using System.Linq;
using System.ServiceModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Peers;
using SoapCore;

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSoapCore();
builder.Services.AddSingleton<ICalculator, Calculator>();
builder.Services.AddSingleton<IOrders, Orders>();
var app = builder.Build();
var encodings = new[]
{
    new SoapEncoderOptions
    {
        MessageVersion = System.ServiceModel.Channels.MessageVersion.Soap11,
    },
    new SoapEncoderOptions
    {
        MessageVersion = System.ServiceModel.Channels.MessageVersion
            .CreateVersion(EnvelopeVersion.Soap12,
                System.ServiceModel.Channels.AddressingVersion.None),
    },
};
IEndpointRouteBuilder routes = app;
routes.UseSoapEndpoint<ICalculator>("/calculator", encodings,
    SoapSerializer.DataContractSerializer);
routes.UseSoapEndpoint<IOrders>("/orders", encodings,
    SoapSerializer.DataContractSerializer);
await app.StartAsync();
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();

class Calculator : ICalculator
{
    public double Add(double n1, double n2) => n1 + n2;
    public double Subtract(double n1, double n2) => n1 - n2;
    public double Multiply(double n1, double n2) => n1 * n2;
    public double Divide(double n1, double n2) => n1 / n2;
}

class Orders : IOrders
{
    string noted;

    public Order Place(Order order)
    {
        if (order.Lines != null && order.Lines.Any(l => l.Item == "none"))
            throw new FaultException<Shortage>(
                new Shortage { Item = "none", Available = 3 },
                "too few of none");
        return order;
    }

    public int Count(List<Line> lines, out int largest)
    {
        largest = lines.Max(line => line.Count);
        return lines.Sum(line => line.Count);
    }

    public void Note(string text) => noted = text;
    public string Noted() => noted;
}
