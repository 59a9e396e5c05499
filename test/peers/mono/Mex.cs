// SPDX-License-Identifier: Apache-2.0
// What WS-MetadataExchange gives: URL. Prints each contract and its operations.
using System;
using System.ServiceModel.Description;

static class Mex
{
    static void Main(string[] args)
    {
        var client = new MetadataExchangeClient(
            new Uri(args[0]), MetadataExchangeClientMode.MetadataExchange);
        var importer = new WsdlImporter(client.GetMetadata());

        foreach (ContractDescription contract in importer.ImportAllContracts())
        {
            Console.WriteLine("{0} {1}", contract.Namespace, contract.Name);
            foreach (OperationDescription operation in contract.Operations)
                Console.WriteLine(operation.Name);
        }
    }
}
