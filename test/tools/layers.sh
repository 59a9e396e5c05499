# SPDX-License-Identifier: Apache-2.0
# layers.sh SOURCE_ROOT GENERATED...: includes point down, and only the layer
# that owns a library includes its headers.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
root=$1
shift

sources() {
    find "$@" -name '*.[ch]' | sort
}

# shellcheck disable=SC2046
layer_is_clean() {
    awk -f "$here/layers.awk" $(sources "$@")
}

# finds FILE:LINE FILE TEXT: a made-up file of one include is refused there.
finds() (
    mkdir -p "$work/$(dirname "$2")" && cd "$work" || return 1
    printf '\n%s\n' "$3" >"$2"
    awk -f "$here/layers.awk" "$2" >found && return 1
    grep -q "^$1: " found
)

generated_is_clean() {
    cat "$@" >/dev/null || return 1
    ! grep -n '#include *[<"]\(runtime\|codegen\|uv\.h\|llhttp\|libxml\)' "$@"
}
check "generated code includes only public headers" generated_is_clean "$@"

cd "$root" || exit 1
for layer in base net http xml soap rpc; do
    check "runtime/$layer includes only what is below it" \
        layer_is_clean "runtime/$layer"
done
check "codegen includes only itself, base and the public headers" \
    layer_is_clean codegen
check "public headers stand on their own" layer_is_clean include
check "samples use only what is installed" layer_is_clean samples

check "an include that points up is found" \
    finds runtime/net/a.c:2 runtime/net/a.c '#include "runtime/http/client.h"'
check "an include that points sideways is found" \
    finds runtime/soap/a.c:2 runtime/soap/a.c '#include "runtime/http/client.h"'
check "a library's header in a foreign layer is found" \
    finds runtime/rpc/a.c:2 runtime/rpc/a.c '#include <uv.h>'
check "libxml2 in a foreign layer is found" \
    finds runtime/http/a.c:2 runtime/http/a.c '#include <libxml/parser.h>'
check "a public header of a higher level is found" \
    finds runtime/base/a.c:2 runtime/base/a.c '#include <sebon/client.h>'
check "an internal header in a public one is found" \
    finds include/sebon/a.h:2 include/sebon/a.h '#include "runtime/base/buf.h"'
check "an internal header in a sample is found" \
    finds samples/a.c:2 samples/a.c '#include "runtime/base/buf.h"'
tap_end
