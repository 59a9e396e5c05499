// SPDX-License-Identifier: Apache-2.0
// Calls our server with Microsoft's WCF client: CALCULATOR-URL ORDERS-URL.
using System;
using System.Collections.Generic;
using System.Linq;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Threading;
using System.Threading.Tasks;

namespace Peers
{
    static class Calls
    {
        static string calculator, orders;

        static void Expect<T>(T got, T want)
        {
            if (!EqualityComparer<T>.Default.Equals(got, want))
                throw new Exception($"got {got}, not {want}");
        }

        static T Throws<T>(Action action) where T : Exception
        {
            try
            {
                action();
            }
            catch (T e)
            {
                return e;
            }
            throw new Exception($"no {typeof(T).Name}");
        }

        static Binding Soap12()
        {
            var version = MessageVersion.CreateVersion(
                EnvelopeVersion.Soap12, AddressingVersion.None);
            return new CustomBinding(
                new TextMessageEncodingBindingElement(
                    version, System.Text.Encoding.UTF8),
                new HttpTransportBindingElement());
        }

        // With a channel of T: the factory and the channel are closed behind it.
        static void With<T>(string url, Action<T> use, Binding binding = null)
        {
            var factory = new ChannelFactory<T>(
                binding ?? new BasicHttpBinding(), new EndpointAddress(url));
            T channel = factory.CreateChannel();
            use(channel);
            ((IClientChannel)channel).Close();
            factory.Close();
        }

        static void FourResults(ICalculator calc)
        {
            Expect(calc.Add(100.00, 15.99), 100.00 + 15.99);
            Expect(calc.Subtract(145.00, 76.54), 145.00 - 76.54);
            Expect(calc.Multiply(9.00, 81.25), 731.25);
            Expect(calc.Divide(22.00, 7.00), 22.00 / 7.00);
        }

        static void Sync() => With<ICalculator>(calculator, FourResults);

        static void Sync12() =>
            With<ICalculator>(calculator, FourResults, Soap12());

        // The request's body comes in chunks.
        static void Streamed() => With<ICalculator>(
            calculator, FourResults,
            new BasicHttpBinding { TransferMode = TransferMode.Streamed });

        // A callback for each of those begun, and the state that was given.
        static void Pairs() => With<ICalculatorPairs>(calculator, calc =>
        {
            const int calls = 20;
            using var all = new CountdownEvent(calls);
            var sums = new double[calls];

            for (int i = 0; i < calls; i++)
                calc.BeginAdd(i, 0.5, result =>
                {
                    sums[(int)result.AsyncState] = calc.EndAdd(result);
                    all.Signal();
                }, i);
            Expect(all.Wait(20000), true);
            for (int i = 0; i < calls; i++)
                Expect(sums[i], i + 0.5);
        });

        // End waits when there is no callback.
        static void PairsEnd() => With<ICalculatorPairs>(calculator, calc =>
        {
            IAsyncResult add = calc.BeginAdd(100.00, 15.99, null, null);
            IAsyncResult divide = calc.BeginDivide(22.00, 7.00, null, null);

            Expect(calc.EndDivide(divide), 22.00 / 7.00);
            Expect(calc.EndAdd(add), 100.00 + 15.99);
        });

        static void Tasks() => With<ICalculatorTasks>(calculator, calc =>
        {
            var sums = Enumerable.Range(0, 200)
                .Select(i => calc.AddAsync(i, 0.25)).ToArray();

            Expect(Task.WaitAll(sums, 20000), true);
            for (int i = 0; i < sums.Length; i++)
                Expect(sums[i].Result, i + 0.25);
        });

        static void Events()
        {
            using var done = new ManualResetEventSlim();
            var client = new EventClient(
                new BasicHttpBinding(), new EndpointAddress(calculator));
            double sum = 0;
            object state = null;

            client.AddCompleted += (sender, e) =>
            {
                sum = e.Result;
                state = e.UserState;
                done.Set();
            };
            client.AddAsync(100.00, 15.99, "first");
            Expect(done.Wait(20000), true);
            Expect(sum, 100.00 + 15.99);
            Expect((string)state, "first");
            client.Close();
        }

        static void IsDividedByZero(FaultException e, bool soap12 = false)
        {
            Expect(e.Code.Name, soap12 ? "Sender" : "Client");
            Expect(e.Code.IsSenderFault, true);
            Expect(e.Reason.ToString(), "the divisor is zero");
        }

        static void Fault()
        {
            With<ICalculator>(calculator, calc => IsDividedByZero(
                Throws<FaultException>(() => calc.Divide(1, 0))));
            With<ICalculatorPairs>(calculator, calc => IsDividedByZero(
                Throws<FaultException>(() => calc.EndDivide(
                    calc.BeginDivide(1, 0, null, null)))));
            With<ICalculatorTasks>(calculator, calc => IsDividedByZero(
                Throws<FaultException>(() => calc.DivideAsync(1, 0)
                    .GetAwaiter().GetResult())));
        }

        static void Fault12() => With<ICalculator>(calculator, calc =>
        {
            var e = Throws<FaultException>(() => calc.Divide(1, 0));

            IsDividedByZero(e, true);
        }, Soap12());

        static void NoSuchOperation() => With<ICalculatorTasks>(
            calculator, calc => Throws<ActionNotSupportedException>(
                () => calc.SquareAsync(2).GetAwaiter().GetResult()));

        static void NoSuchAddress() => With<ICalculator>(
            calculator + "/nothing", calc => Throws<EndpointNotFoundException>(
                () => calc.Add(1, 2)));

        // A header that must be understood is not: WCF makes a
        // ProtocolException of that fault. Another one does no harm.
        static void Header() => With<ICalculator>(calculator, calc =>
        {
            using var scope = new OperationContextScope((IContextChannel)calc);
            var headers = OperationContext.Current.OutgoingMessageHeaders;

            headers.Add(MessageHeader.CreateHeader("Mood", "urn:x", "good"));
            Expect(calc.Add(1, 2), 3.0);
            headers.Add(
                MessageHeader.CreateHeader("Must", "urn:x", "yes", true));
            Expect(Throws<ProtocolException>(() => calc.Add(1, 2)).Message
                .Contains("'Must'"), true);
        });

        static Order Sample(params string[] items) => new Order
        {
            Id = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            Lines = items.Select((item, i) => new Line
            {
                Item = item, Count = i + 1, Price = 12.50m
            }).ToList(),
            Placed = new DateTime(2024, 2, 29, 23, 59, 58, 123,
                                  DateTimeKind.Utc).AddTicks(4567),
            Priority = Priority.High,
            Discount = -7,
            Seal = new byte[] { 0, 1, 254, 255 },
        };

        static void Data(Binding binding) => With<IOrders>(orders, service =>
        {
            Order sent = Sample("nut", "a < b & \"c\"", "\u00e9\U0001f529");
            Order got = service.Place(sent);

            Expect(got.Id, sent.Id);
            Expect(got.Lines.Count, 3);
            for (int i = 0; i < 3; i++)
            {
                Expect(got.Lines[i].Item, sent.Lines[i].Item);
                Expect(got.Lines[i].Count, i + 1);
                Expect(got.Lines[i].Price, 12.50m);
            }
            Expect(got.Placed, sent.Placed);
            Expect(got.Placed.Kind, DateTimeKind.Utc);
            Expect(got.Priority, Priority.High);
            Expect(got.Discount, -7);
            Expect(got.Seal.SequenceEqual(sent.Seal), true);

            sent.Lines = null;
            sent.Discount = null;
            sent.Seal = null;
            got = service.Place(sent);
            Expect(got.Lines, null);
            Expect(got.Discount, null);
            Expect(got.Seal, null);
        }, binding);

        static void Data() => Data(null);
        static void Data12() => Data(Soap12());

        static void Out()
        {
            var lines = Sample("nut", "bolt", "screw").Lines;

            With<IOrders>(orders, service =>
            {
                Expect(service.Count(lines, out int largest), 6);
                Expect(largest, 3);
            });
            With<IOrdersPairs>(orders, service =>
            {
                IAsyncResult result = service.BeginCount(lines, null, null);

                Expect(service.EndCount(out int largest, result), 6);
                Expect(largest, 3);
            });
        }

        static void IsShort(FaultException<Shortage> e)
        {
            Expect(e.Detail.Item, "none");
            Expect(e.Detail.Available, 3);
            Expect(e.Reason.ToString(), "too few of none");
        }

        static void Detail()
        {
            Order order = Sample("nut", "none");

            With<IOrders>(orders, service => IsShort(
                Throws<FaultException<Shortage>>(() => service.Place(order))));
            With<IOrdersPairs>(orders, service => IsShort(
                Throws<FaultException<Shortage>>(() => service.EndPlace(
                    service.BeginPlace(order, null, null)))));
            With<IOrders>(orders, service => IsShort(
                Throws<FaultException<Shortage>>(() => service.Place(order))),
                Soap12());
        }

        static void OneWay() => With<IOrders>(orders, service =>
        {
            service.Note("");
            Expect(service.Noted(), "");
            service.Note("gr\u00fc\u00dfe");
            Expect(service.Noted(), "gr\u00fc\u00dfe");
            service.Note(null);
            Expect(service.Noted(), null);
        });

        // A reply that does not come in time; the channel goes on.
        static void Timeout() => With<IOrders>(orders, service =>
        {
            ((IContextChannel)service).OperationTimeout =
                TimeSpan.FromMilliseconds(300);
            Throws<TimeoutException>(() => service.Place(Sample("late")));
            ((IContextChannel)service).OperationTimeout =
                TimeSpan.FromSeconds(20);
            Expect(service.Place(Sample("nut")).Lines[0].Item, "nut");
        });

        static int Main(string[] args)
        {
            var cases = new Dictionary<string, Action>
            {
                ["sync"] = Sync, ["sync-soap12"] = Sync12,
                ["streamed"] = Streamed,
                ["begin-callback"] = Pairs, ["begin-end"] = PairsEnd,
                ["tasks"] = Tasks, ["events"] = Events,
                ["fault"] = Fault, ["fault-soap12"] = Fault12,
                ["no-such-operation"] = NoSuchOperation,
                ["no-such-address"] = NoSuchAddress, ["header"] = Header,
                ["data"] = Data, ["data-soap12"] = Data12, ["out"] = Out,
                ["fault-detail"] = Detail, ["one-way"] = OneWay,
                ["timeout"] = Timeout,
            };
            int failures = 0;

            // One process for all: it takes longer to start than to call.
            calculator = args[0];
            orders = args[1];
            foreach (var (name, run) in cases)
            {
                try
                {
                    run();
                    Console.WriteLine($"ok {name}");
                }
                catch (Exception e)
                {
                    Console.WriteLine($"not ok {name}");
                    Console.WriteLine("# " + e.ToString()
                        .Replace("\n", "\n# "));
                    failures++;
                }
            }
            return failures;
        }
    }
}
