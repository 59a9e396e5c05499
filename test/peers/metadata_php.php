<?php
// SPDX-License-Identifier: Apache-2.0
// What PHP makes of metadata: URL OPERATION; and calls it.
$client = new SoapClient($argv[1], ['cache_wsdl' => WSDL_CACHE_NONE]);
$found = false;
foreach ($client->__getFunctions() as $function)
    $found = $found || preg_match('/ ' . $argv[2] . '\(/', $function);
if (!$found) {
    print_r($client->__getFunctions());
    exit(1);
}
if ($argv[2] === 'Add') {
    $result = $client->Add(['n1' => 2, 'n2' => 3])->AddResult;
    if ($result != 5) {
        echo "Add: $result\n";
        exit(1);
    }
} else {
    $result = $client->Find(['number' => 7])->FindResult;
    if ($result->number !== 7 || $result->shape !== 'square') {
        print_r($result);
        exit(1);
    }
}
