// SPDX-License-Identifier: Apache-2.0
// A client with a completed event, built on ClientBase as svcutil's are.
using System;
using System.ComponentModel;
using System.ServiceModel;
using System.ServiceModel.Channels;

namespace Peers
{
    public class AddCompletedEventArgs : AsyncCompletedEventArgs
    {
        readonly object[] results;

        public AddCompletedEventArgs(object[] results, Exception error,
                                     bool cancelled, object userState)
            : base(error, cancelled, userState)
        {
            this.results = results;
        }

        public double Result
        {
            get
            {
                RaiseExceptionIfNecessary();
                return (double)results[0];
            }
        }
    }

    public class EventClient : ClientBase<ICalculatorPairs>
    {
        public event EventHandler<AddCompletedEventArgs> AddCompleted;

        public EventClient(Binding binding, EndpointAddress address)
            : base(binding, address)
        {
        }

        public void AddAsync(double n1, double n2, object userState)
        {
            InvokeAsync(
                (values, callback, state) => Channel.BeginAdd(
                    (double)values[0], (double)values[1], callback, state),
                new object[] { n1, n2 },
                result => new object[] { Channel.EndAdd(result) },
                args =>
                {
                    var e = (InvokeAsyncCompletedEventArgs)args;
                    AddCompleted?.Invoke(this, new AddCompletedEventArgs(
                        e.Results, e.Error, e.Cancelled, e.UserState));
                },
                userState);
        }
    }
}
