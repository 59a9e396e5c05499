# SPDX-License-Identifier: Apache-2.0
# Reads C files given by paths from the source root; prints FILE:LINE for each
# #include that points up or sideways, and fails when there was one.

BEGIN {
    # What each layer may include of the others (itself always).
    below["base"] = ""
    below["net"] = "base"
    below["http"] = "net base"
    below["xml"] = "base"
    below["soap"] = "xml base"
    below["rpc"] = "soap http xml net base"
    below["codegen"] = "base"

    # Which public headers a layer may know: those of its own level.
    public["base"] = "sebon status error memory types describe"
    public["net"] = public["base"] " runtime"
    public["http"] = public["net"]
    public["xml"] = public["base"]
    public["soap"] = public["base"]
    public["rpc"] = public["net"] " client server host http"
    public["codegen"] = public["rpc"]

    # Who may use the libraries.
    users["uv.h"] = "net"
    users["llhttp.h"] = "http"
    users["libxml"] = "xml codegen"
    users["zlib.h"] = "base codegen"
    users["openssl"] = "net"

    standard = "stdbool.h stddef.h stdint.h"
}

FNR == 1 {
    split(FILENAME, parts, "/")
    layer = parts[1] == "runtime" ? parts[2] : parts[1]
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    name = $0
    sub(/^[^<"]*[<"]/, "", name)
    sub(/[>"].*/, "", name)
    count++
    check(name, $0 ~ /include[ \t]*"/)
}

function has(list, word)
{
    return index(" " list " ", " " word " ") > 0
}

function wrong(reason)
{
    printf "%s:%d: %s: %s\n", FILENAME, FNR, name, reason
    bad = 1
}

function check(name, quoted,    path, depth, library)
{
    depth = split(name, path, "/")
    library = depth > 1 ? path[1] : name

    if (layer == "include")
        check_public(path[1] == "sebon", quoted)
    else if (layer == "samples")
        check_sample(depth, path[1], quoted)
    else if (library in users && !has(users[library], layer))
        wrong("only for " users[library])
    else if (quoted && name ~ /^[a-z_]+\.inc$/)
        return # a table that the build writes
    else if (quoted && path[1] == "runtime")
        check_layer(path[2])
    else if (quoted && !(path[1] == "codegen" && layer == "codegen"))
        wrong("write it from the source root, as runtime/" layer "/...")
    else if (path[1] == "sebon" || name == "sebon.h")
        check_header(path[depth])
}

# Programs are not told how the library is made.
function check_public(ours, quoted)
{
    if (quoted || !(ours || has(standard, name)))
        wrong("public headers include only <sebon/...> and " standard)
}

# Samples do what any program can.
function check_sample(depth, first, quoted)
{
    if (first == "runtime" || first == "codegen" || (quoted && depth > 1))
        wrong("samples use only what is installed")
}

function check_layer(other)
{
    if (other != layer && !has(below[layer], other))
        wrong(layer " is not above " other)
}

function check_header(header)
{
    sub(/\.h$/, "", header)
    if (!has(public[layer], header))
        wrong("not of " layer "'s level")
}

END {
    if (count == 0)
        print "no #include seen"
    exit bad || count == 0
}
