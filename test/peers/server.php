<?php
// SPDX-License-Identifier: Apache-2.0
// The calculator on PHP's SoapServer, for `php -S`.
class Calculator
{
    public function Add($in)
    {
        return ['AddResult' => $in->n1 + $in->n2];
    }

    public function Subtract($in)
    {
        return ['SubtractResult' => $in->n1 - $in->n2];
    }

    public function Multiply($in)
    {
        return ['MultiplyResult' => $in->n1 * $in->n2];
    }

    public function Divide($in)
    {
        if ($in->n2 == 0) {
            throw new SoapFault('Client', 'the divisor is zero');
        }
        return ['DivideResult' => $in->n1 / $in->n2];
    }
}

$server = new SoapServer(getenv('CALCULATOR_WSDL'), ['cache_wsdl' => 0]);
$server->setClass('Calculator');
$server->handle();
