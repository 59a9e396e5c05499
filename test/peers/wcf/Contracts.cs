// SPDX-License-Identifier: Apache-2.0
// The calculator as a program in C# may declare it, three times the same on the
// wire, and the orders of orders.h.
using System;
using System.Collections.Generic;
using System.Runtime.Serialization;
using System.ServiceModel;
using System.Threading.Tasks;

namespace Peers
{
    public static class Names
    {
        public const string Samples = "http://Microsoft.ServiceModel.Samples";
        public const string Orders = "urn:orders";
    }

    [ServiceContract(Namespace = Names.Samples)]
    public interface ICalculator
    {
        [OperationContract] double Add(double n1, double n2);
        [OperationContract] double Subtract(double n1, double n2);
        [OperationContract] double Multiply(double n1, double n2);
        [OperationContract] double Divide(double n1, double n2);
    }

    [ServiceContract(Name = "ICalculator", Namespace = Names.Samples)]
    public interface ICalculatorPairs
    {
        [OperationContract(AsyncPattern = true)]
        IAsyncResult BeginAdd(double n1, double n2, AsyncCallback callback,
                              object state);
        double EndAdd(IAsyncResult result);

        [OperationContract(AsyncPattern = true)]
        IAsyncResult BeginDivide(double n1, double n2, AsyncCallback callback,
                                 object state);
        double EndDivide(IAsyncResult result);
    }

    [ServiceContract(Name = "ICalculator", Namespace = Names.Samples)]
    public interface ICalculatorTasks
    {
        [OperationContract] Task<double> AddAsync(double n1, double n2);
        [OperationContract] Task<double> DivideAsync(double n1, double n2);
        [OperationContract] Task<double> SquareAsync(double n1);
    }

    [DataContract(Namespace = Names.Orders)]
    public enum Priority
    {
        [EnumMember] Low,
        [EnumMember] High,
    }

    [DataContract(Namespace = Names.Orders)]
    public class Line
    {
        [DataMember] public string Item;
        [DataMember] public int Count;
        [DataMember] public decimal Price;
    }

    [DataContract(Namespace = Names.Orders)]
    public class Order
    {
        [DataMember] public Guid Id;
        [DataMember] public List<Line> Lines;
        [DataMember] public DateTime Placed;
        [DataMember] public Priority Priority;
        [DataMember] public int? Discount;
        [DataMember] public byte[] Seal;
    }

    [DataContract(Namespace = Names.Orders)]
    public class Shortage
    {
        [DataMember] public string Item;
        [DataMember] public int Available;
    }

    [ServiceContract(Namespace = Names.Orders)]
    public interface IOrders
    {
        [OperationContract, FaultContract(typeof(Shortage))]
        Order Place(Order order);

        [OperationContract] int Count(List<Line> lines, out int largest);
        [OperationContract(IsOneWay = true)] void Note(string text);
        [OperationContract] string Noted();
    }

    [ServiceContract(Name = "IOrders", Namespace = Names.Orders)]
    public interface IOrdersPairs
    {
        [OperationContract(AsyncPattern = true)]
        [FaultContract(typeof(Shortage))]
        IAsyncResult BeginPlace(Order order, AsyncCallback callback,
                                object state);
        Order EndPlace(IAsyncResult result);

        [OperationContract(AsyncPattern = true)]
        IAsyncResult BeginCount(List<Line> lines, AsyncCallback callback,
                                object state);
        int EndCount(out int largest, IAsyncResult result);
    }
}
