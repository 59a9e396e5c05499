#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# PHP's SoapClient calls our server; our clients call PHP's SoapServer.
. "$(dirname "$0")/lib.sh"
need_command php
php -m | grep -qx soap || skip_all "php-soap is not installed"
php="php -n -d extension=soap"
$php -r 'exit(class_exists("SoapClient") ? 0 : 1);' 2>/dev/null || php=php
start_calculator
for case in add subtract multiply divide fault many; do
    check "PHP: $case" $php "$source/test/peers/client.php" \
        "$wsdl" "$url" "$case"
done

export CALCULATOR_WSDL="$wsdl"
start php.log 'http://127.0.0.1:[0-9]*' \
    $php -d soap.wsdl_cache_enabled=0 -S 127.0.0.1:0 \
    "$source/test/peers/server.php"
check_our_clients "$found/calculator" "PHP's SoapServer"
finish
