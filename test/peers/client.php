<?php
// SPDX-License-Identifier: Apache-2.0
// Calls the calculator with SoapClient: WSDL URL CASE.
[, $wsdl, $url, $case] = $argv;

function expect($got, $want)
{
    if ($got !== $want) {
        fwrite(STDERR, var_export($got, true) . ', not ' .
            var_export($want, true) . "\n");
        exit(1);
    }
}

$calc = new SoapClient($wsdl, ['location' => $url, 'cache_wsdl' => 0,
    'exceptions' => true]);
switch ($case) {
case 'add':
    expect($calc->Add(['n1' => 100.0, 'n2' => 15.99])->AddResult, 115.99);
    break;
case 'subtract':
    expect($calc->Subtract(['n1' => 145.0, 'n2' => 76.54])->SubtractResult,
        68.46);
    break;
case 'multiply':
    expect($calc->Multiply(['n1' => 9.0, 'n2' => 81.25])->MultiplyResult,
        731.25);
    break;
case 'divide':
    expect($calc->Divide(['n1' => 22.0, 'n2' => 7.0])->DivideResult,
        22.0 / 7.0);
    break;
case 'fault':
    try {
        $calc->Divide(['n1' => 1.0, 'n2' => 0.0]);
        expect('no fault', 'a fault');
    } catch (SoapFault $fault) {
        expect(substr($fault->faultcode, -6), 'Client');
        expect(strpos($fault->faultstring, 'zero') !== false, true);
    }
    break;
case 'many':
    for ($n = 0; $n < 200; $n++) {
        expect($calc->Multiply(['n1' => (float)$n, 'n2' => 0.1])
            ->MultiplyResult, $n * 0.1);
    }
    break;
default:
    expect($case, 'a case');
}
