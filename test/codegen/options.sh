#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the options of generate do to what is written.
# usage: options.sh SEBON
set -u
sebon=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$root/test/data/wsdl
calculator=$root/samples/calculator/calculator.wsdl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

report() { # status name
    number=$((number + 1))
    if [ "$1" = 0 ]; then
        echo "ok $number $2"
    else
        sed 's/^/# /' "$work/err"
        echo "not ok $number $2"
    fi
}

generate() { # folder arguments...
    out=$work/$1
    shift
    "$sebon" generate --out "$out" "$@" 2>"$work/err" </dev/null
}

compiles() { # folder
    for file in "$work/$1"/*.c; do
        cc -std=c99 -Wall -Wextra -Werror -fsyntax-only -I"$root/include" \
            -I"$work/$1" "$file" 2>"$work/err" || return 1
    done
}

# What the header's words stand for.
has_function() { # folder header name
    cc -E -P -I"$root/include" "$work/$1/$2" 2>"$work/err" | grep -q "$3("
}

# ---- Leniency ---------------------------------------------------------------

generate texts --lenient "$data/types.wsdl" &&
    grep -qxF '#define TYPES_COLOR_DARK_GREEN "dark-green"' \
        "$work/texts/types.h" &&
    grep -qF '(const char *, color)' "$work/texts/types.h" &&
    ! grep -q 'enum types_' "$work/texts/types.h" && compiles texts
report $? 'leniently, enumerations are texts, whatever they may be'

# ---- Operations ---------------------------------------------------------------

generate ops --operations Place,Notify "$data/nested.wsdl" &&
    grep -qF 'nested.wsdl: kept 2 of 3 operations, 4 of 4 types' "$work/err" &&
    has_function ops nested.h nested_begin_notify &&
    ! has_function ops nested.h nested_ping && compiles ops
report $? 'only these operations are there'

generate ops2 --operations NestedPortType.Ping "$data/nested.wsdl" &&
    grep -qF 'kept 1 of 3 operations, 0 of 4 types' "$work/err" &&
    ! grep -q 'struct nested_order' "$work/ops2/nested.h" && compiles ops2
report $? 'only the types that they need are there'

generate pruned --operations Keep "$data/operations/pruned.wsdl" &&
    ! grep -q error: "$work/err" && has_function pruned pruned.h pruned_keep &&
    compiles pruned
report $? 'what only the other operations need may be missing'

! generate lost --operations Base "$data/operations/pruned.wsdl" &&
    grep -qF "pruned.wsdl:26: error: type '{urn:e}Unknown' is not declared" \
        "$work/err" && [ "$(grep -c error: "$work/err")" = 1 ] &&
    ! generate lost --operations Far "$data/operations/pruned.wsdl" &&
    grep -qF "error: message '{urn:e}FarAway' is not defined" "$work/err" &&
    [ "$(grep -c error: "$work/err")" = 1 ] && [ ! -e "$work/lost" ]
report $? 'what they need themselves may not, nor what derives from that'

generate optypes --types --operations Keep "$data/operations/pruned.wsdl" &&
    grep -qF 'kept 1 of 4 operations, 1 of 4 types' "$work/err" &&
    grep -q 'struct pruned_item {' "$work/optypes/pruned.h" &&
    ! grep -q 'struct pruned_base' "$work/optypes/pruned.h" &&
    ! has_function optypes pruned.h pruned_keep && compiles optypes
report $? 'their types alone'

! generate none --operations Add,Divde,Multi,Nothing "$calculator" &&
    grep -qF "no operation 'Divde'; there is 'Divide'" "$work/err" &&
    grep -qF "no operation 'Multi'; there is 'Multiply'" "$work/err" &&
    grep -qxF "$calculator: error: there is no operation 'Nothing'" \
        "$work/err" && [ ! -e "$work/none" ]
report $? 'operations that are not there are told, with those like them'

# ---- Which files --------------------------------------------------------------

generate split --split --file shop "$data/nested.wsdl" "$data/ports.wsdl" &&
    [ "$(ls "$work/split" | tr '\n' ' ')" = "shop_client.c shop_client.h \
shop_server.c shop_server.h shop_types.c shop_types.h " ] && compiles split &&
    ! grep -q 'struct nested_order {' "$work/split/shop_client.h" &&
    grep -q 'struct nested_order {' "$work/split/shop_types.h"
report $? 'several WSDLs share the types of one pair of files'

generate splitc --split --client "$calculator" && compiles splitc &&
    [ "$(ls "$work/splitc" | wc -l)" = 4 ]
report $? 'a client and its types apart'

generate nosync --no-sync "$calculator" && compiles nosync &&
    ! has_function nosync calculator.h calculator_add &&
    has_function nosync calculator.h calculator_begin_add
report $? 'without synchronous functions'

generate xsd --types "$data/split/model.xsd" && compiles xsd &&
    generate xsd2 --types --prefix base "$data/split/base.xsd" &&
    [ -e "$work/xsd2/base.h" ] && compiles xsd2
report $? 'types of an XML Schema'

cat >"$work/flags.xsd" <<END
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:f">
  <xs:simpleType name="Rights"><xs:list><xs:simpleType>
    <xs:restriction base="xs:string">
      <xs:enumeration value="Read"/><xs:enumeration value="Write"/>
    </xs:restriction>
  </xs:simpleType></xs:list></xs:simpleType>
</xs:schema>
END
generate flags --types --prefix file "$work/flags.xsd" && compiles flags &&
    grep -q 'FILE_RIGHTS_WRITE' "$work/flags/file.h"
report $? 'flags are named after their list'

cat >"$work/plain" <<END
$work/dep/calculator.h $work/dep/calculator.c: \\
  $data/split.wsdl
END
generate dep --depfile "$work/dep.d" --file calculator "$data/split.wsdl" &&
    head -n 2 "$work/dep.d" | sed 's/split.wsdl .*/split.wsdl/' |
    cmp -s - "$work/plain" &&
    [ "$(grep -c "$data/split/.*\.xsd" "$work/dep.d")" -ge 3 ]
report $? 'a rule for make with everything that was read'

# ---- Names --------------------------------------------------------------------

map=$work/names.map
generate names --names "$map" "$data/nested.wsdl" && cp "$map" "$map.first" &&
    generate names2 --names "$map" "$data/nested.wsdl" &&
    diff -r "$work/names" "$work/names2" >"$work/err" &&
    [ -s "$map" ] && cmp -s "$map" "$map.first"
report $? 'a file of names is written once'

sed -i 's/\tnested_order$/\tnested_purchase/; s/\tline$/\tposition/
    s/\tplace$/\torder_now/; s/_ROAD$/_TRUCK/' "$map"
generate names3 --names "$map" "$data/nested.wsdl" && compiles names3 &&
    grep -q 'struct nested_purchase {' "$work/names3/nested.h" &&
    grep -q ' \*positions;' "$work/names3/nested.h" &&
    has_function names3 nested.h nested_begin_order_now &&
    grep -q 'SHIPPING_WAY_TRUCK' "$work/names3/nested.h" &&
    ! grep -q 'struct nested_order {' "$work/names3/nested.h"
report $? 'and followed when it has been changed'

printf 'type\t{urn:test:nested}Order\t2nd\nnothing\n' >"$work/bad"
! generate bad --names "$work/bad" "$data/nested.wsdl" &&
    grep -qF "bad:1: error: '2nd' cannot be a name in C" "$work/err" &&
    grep -qF 'bad:2: error: a line is' "$work/err" && [ ! -e "$work/bad.c" ]
report $? 'what is no name there is told with its line'

generate ns --namespace 'urn:test:nested,shop' "$data/nested.wsdl" &&
    compiles ns && grep -q 'struct shop_order {' "$work/ns/nested.h" &&
    generate ns2 --namespace '*,all' --namespace 'urn:x,y' \
        "$data/nested.wsdl" &&
    compiles ns2 && grep -q 'struct all_order {' "$work/ns2/nested.h"
report $? 'prefixes for the types of a namespace'

# ---- Files that are elsewhere ---------------------------------------------------

mkdir -p "$work/far/local"
cat >"$work/far/service.wsdl" <<'END'
<wsdl:definitions targetNamespace="urn:s" xmlns:a="urn:a" xmlns:b="urn:b"
    xmlns:s="urn:s" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
  <wsdl:types>
    <xs:schema targetNamespace="urn:s" xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:import namespace="urn:a" schemaLocation="http://far.example/a.xsd"/>
      <xs:import namespace="urn:b"/>
      <xs:element name="Go" type="a:A"/>
      <xs:element name="Gone" type="b:B"/>
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="In"><wsdl:part name="p" element="s:Go"/></wsdl:message>
  <wsdl:message name="Out"><wsdl:part name="p" element="s:Gone"/></wsdl:message>
  <wsdl:portType name="P">
    <wsdl:operation name="Go">
      <wsdl:input message="s:In"/><wsdl:output message="s:Out"/>
    </wsdl:operation>
  </wsdl:portType>
</wsdl:definitions>
END
for name in a b; do
    upper=$(echo $name | tr ab AB)
    cat >"$work/far/local/$name here.xsd" <<END
<schema targetNamespace="urn:$name" xmlns="http://www.w3.org/2001/XMLSchema">
  <complexType name="$upper"><sequence>
    <element name="${name}_value" type="int"/></sequence></complexType>
</schema>
END
done
cat >"$work/far/catalog" <<'END'
# two schemas
http://far.example/a.xsd   local/a here.xsd
urn:b   local/b here.xsd
END
cat >"$work/far/catalog.xml" <<'END'
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
  <group>
    <rewriteURI uriStartString="http://far.example/a.xsd"
        rewritePrefix="local/a here.xsd"/>
    <uri name="urn:b" uri="local/b here.xsd"/>
  </group>
</catalog>
END
for catalog in catalog catalog.xml; do
    generate "far-$catalog" --catalog "$work/far/$catalog" \
        "$work/far/service.wsdl" && [ ! -s "$work/err" ] &&
        grep -q a_value "$work/far-$catalog/p.h" &&
        grep -q b_value "$work/far-$catalog/p.h"
    report $? "a $catalog says where files are"
done
echo 'urn:b' >>"$work/far/catalog"
! generate far3 --catalog "$work/far/catalog" "$work/far/service.wsdl" &&
    grep -qF "catalog:4: error: 'urn:b' has no file behind it" "$work/err"
report $? 'what a catalog has wrong is told with its line'
! generate far4 "$work/far/service.wsdl" &&
    [ "$(grep -c 'service.wsdl:[0-9]*: error:' "$work/err")" = 3 ]
report $? 'without a catalog all that is missing is told'

# ---- Usage ----------------------------------------------------------------------

for bad in '--types --client' '--namespace urn:x' \
    '--namespace urn:x,int'; do
    # shellcheck disable=SC2086
    generate usage $bad "$calculator"
    [ $? = 2 ] && [ "$(wc -l <"$work/err")" = 1 ]
    report $? "is refused: $bad"
done

echo "1..$number"
