#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# net.sh SEBON DATA: contracts of the services that were recorded on .NET give
# WSDL of the same meaning. DATA is the folder with net/wsdl and corewcf/wsdl.
set -u
here=$(cd "$(dirname "$0")" && pwd)
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
data=$2
. "$here/../tools/tap.sh"
if [ ! -d "$data" ] || [ ! -x /usr/bin/python3 ]; then
    skip 'recorded WSDL' 'they are not here'
    tap_end
fi

graph() {
    /usr/bin/python3 "$here/graph.py" "$@"
}

# as print says them, but for figures
same() { # options... ours theirs
    graph diff "$@" >"$work/diff"
    result=$?
    grep '^# ' "$work/diff" | sed "s|^# |# ${tap_what-}: |" >&3
    grep -v '^# ' "$work/diff"
    return $result
}
exec 3>&1

for file in "$here"/net/*.h; do
    check "$(basename "$file")" "$sebon" contract --no-code "$file" \
        --out "$work/ours"
done

# ours, and the recorded service: both documents, split and single
while read -r ours theirs options; do
    [ -n "$ours" ] || continue
    tap_what="$theirs split"
    # shellcheck disable=SC2086
    check "net $theirs" same $options "$work/ours/$ours.wsdl" \
        "$data/net/wsdl/$theirs/wsdl.wsdl"
    tap_what="$theirs single"
    # shellcheck disable=SC2086
    check "net $theirs, single" same $options "$work/ours/$ours-single.wsdl" \
        "$data/net/wsdl/$theirs/singleWsdl.wsdl"
done <<'LIST'
calc_sync servicemodelsamples-service
calc_apm calc-apm
calc_both calc-both
shapes shapes
messages messages
faults faults-11
tempuri tempuri
nons nons
SlashContract slash
untyped untyped
xml_doc xmlser
rpc_literal rpc-literal
rpc_encoded rpc-encoded
rpc_dc rpc-datacontract
primitives types-primitives
complex types-complex
versions types-versions
LIST

# .NET gave no single document of a service with contracts of two namespaces.
tap_what='all-basic split'
check 'net all-basic' same "$work/ours/all_ports.wsdl" \
    "$data/net/wsdl/all-basic/wsdl.wsdl"

# The same contracts under other names and at other endpoints.
while read -r header ours service theirs binding; do
    [ -n "$header" ] || continue
    mkdir -p "$work/other"
    sed -z "s/,[ \n]*\.service = \"[^\"]*\")\nstruct $ours {/)\nstruct $ours {/
            s/)\nstruct $ours {/, .service = \"$service\", .binding = \"$binding\"&/" \
        "$here/net/$header.h" >"$work/other/$header.h"
    check "contract $theirs" "$sebon" contract --no-code \
        "$work/other/$header.h" --out "$work/other/$theirs"
    tap_what="$theirs split"
    check "net $theirs" same "$work/other/$theirs/$ours.wsdl" \
        "$data/net/wsdl/$theirs/wsdl.wsdl"
    tap_what="$theirs single"
    check "net $theirs, single" same "$work/other/$theirs/$ours-single.wsdl" \
        "$data/net/wsdl/$theirs/singleWsdl.wsdl"
done <<'LIST'
calc calc_sync CalcTask calc-task basic
calc calc_sync CalcSync12 calc12-sync soap12
shapes shapes Shapes12Service shapes12 soap12
messages messages Messages12Service messages12 soap12
faults faults Faults11Wsa faults-11-wsa10 soap11-wsa
faults faults Faults12 faults-12 soap12
faults faults Faults12Wsa04 faults-12-wsa04 soap12-wsa
faults faults Faults12Wsa faults-12-wsa10 soap12-wsa
echo echo E1 bind-basic basic
echo echo E12 bind-basic-mtom basic
echo echo E3 bind-soap11-wsa10 soap11-wsa
echo echo E5 bind-soap12 soap12
echo echo E10 bind-soap12-utf16 soap12
echo echo E7 bind-soap12-wsa04 soap12-wsa
echo echo E6 bind-soap12-wsa10 soap12-wsa
echo echo E13 bind-soap12-wsa10-mtom soap12-wsa
echo echo E8 bind-wshttp ws
echo echo T1 tls-basic basic
echo echo T3 tls-basic-auth basic
echo echo T6 tls-client-certificate basic
echo echo T2 tls-soap12-wsa10 soap12-wsa
echo echo T4 tls-username-11 basic
echo echo T5 tls-username-12 ws
echo streams S1 stream-basic basic
echo streams S2 stream-basic-mtom basic
echo streams S3 stream-soap12-wsa10 soap12-wsa
LIST

# --abstract: bindings other than BasicHttpBinding do not count
while read -r ours theirs options; do
    [ -n "$ours" ] || continue
    tap_what=$theirs
    # shellcheck disable=SC2086
    check "corewcf $theirs" same $options "$work/ours/$ours-single.wsdl" \
        "$data/corewcf/wsdl/$theirs.xml"
    [ -e "$data/corewcf/wsdl-net10/$theirs.xml" ] || continue
    tap_what="$theirs, .NET 10"
    # shellcheck disable=SC2086
    check "corewcf $theirs, .NET 10" same $options \
        "$work/ours/$ours-single.wsdl" \
        "$data/corewcf/wsdl-net10/$theirs.xml"
done <<'LIST'
echo_service BasicHttpSimpleServiceTest.BasicHttpRequestReplyEchoString
echo_service MultipleServicesTest.BasicHttpRequestReplyEchoString_1
collections_service MultipleServicesTest.BasicHttpRequestReplyEchoString_2
echo_service UseRequestHeadersForMetadataAddressBehaviorTests.WithHostHeader
echo_service UseRequestHeadersForMetadataAddressBehaviorTests.WithoutHostHeader
echo_service MetadataEndpointAddressServiceBehaviorTests.XForwardedHeaders
collections_service DataTypesTest.CollectionsDataContract
primitives_service DataTypesTest.PrimitivesDataContract
complex_service DataTypesTest.ComplexTypesWithCollectionsDataContract
pair_service DataTypesTest.CollectionOfKeyValuePairDataContract
enum_service EnumTest.BasicHttpRequestEnumType
system_data XmlSerializableTests.SystemDataTest
xml_generated XmlSerializerFormatSoapTest.XmlGeneratedTest
soap_service XmlSerializerFormatSoapTest.SoapServiceTest
echo_service NetTcpSimpleServiceTest.NetTcpBindingSecurityNoneRequestReplyEchoString --abstract
echo_service NetNamedPipeSimpleServiceTest.NetNamedPipeBindingSecurityNoneRequestReplyEchoString --abstract
echo_service NetNamedPipeSimpleServiceTest.NetNamedPipeBindingSecurityTransportRequestReplyEchoString --abstract
echo_service NetNamedPipeSimpleServiceTest.NetNamedPipeBindingSecurityTransportExplicitUpnRequestReplyEchoString --abstract
echo_service WSHttpBindingTest.TransportWithMessageCredentials_CertAuth_MultiSecurityAlgo --abstract
echo_service WSHttpBindingTest.TransportWithMessageCredentials_MultiAuth --abstract
echo_service WSHttpBindingTest.TransportWithMessageCredentials_CertificateAuth_NoSecurityContext --abstract
LIST

# The comparison sees what it is there for.
sees() { # expression
    sed "$1" "$work/ours/shapes-single.wsdl" >"$work/changed.wsdl"
    cmp -s "$work/ours/shapes-single.wsdl" "$work/changed.wsdl" && return 1
    ! graph diff "$work/ours/shapes-single.wsdl" "$work/changed.wsdl"
}
check 'sees an action' sees 's/soapAction="urn:sebon:interop:actions:renamed"/soapAction="x"/'
check 'sees a type' sees 's/name="number" type="xs:int"/name="number" type="xs:long"/'
check 'sees what may be missing' sees 's/ nillable="true" type="xs:string"/ type="xs:string"/'
check 'sees a name' sees 's/name="SumResult"/name="sumResult"/'
check 'sees an output' sees '/<wsdl:output.*IShapes_Sum_Output/d'
tap_end
