# SPDX-License-Identifier: Apache-2.0
# Sourced by samples/calculator/run.sh and test/run.sh: gets what is missing on
# a Debian 12 machine, configures and builds. Needs $root, the source folder.

build_packages='gcc libc6-dev meson ninja-build pkg-config libuv1-dev
    libxml2-dev node-llhttp zlib1g-dev libcmocka-dev'

# Ends the script.
setup_fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

setup_has_package() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null |
        grep -qx installed
}

# setup_install PACKAGE...: asks apt only for what is not there.
setup_install() {
    setup_missing=
    for setup_package in "$@"; do
        setup_has_package "$setup_package" ||
            setup_missing="$setup_missing $setup_package"
    done
    [ -n "$setup_missing" ] || return 0

    setup_as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            setup_fail "as root, run: apt-get install$setup_missing"
        setup_as_root='sudo'
    fi
    echo "installing$setup_missing"
    setup_log=$(mktemp) || exit 1
    # Word splitting is wanted: no or one word, and the list.
    # shellcheck disable=SC2086
    if $setup_as_root apt-get -q update >"$setup_log" 2>&1 &&
        $setup_as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install \
            -y --no-install-recommends $setup_missing >>"$setup_log" 2>&1
    then
        rm -f "$setup_log"
    else
        cat "$setup_log" >&2
        rm -f "$setup_log"
        setup_fail "apt-get could not install$setup_missing"
    fi
}

# setup_build FOLDER COMPILER [TARGET...]: configures unless that is done, then
# builds. Prints only what went wrong.
setup_build() {
    setup_log=$(mktemp) || exit 1
    setup_folder=$1
    setup_compiler=$2
    shift 2
    if { [ -f "$setup_folder/build.ninja" ] ||
        CC=$setup_compiler meson setup "$setup_folder" "$root"
    } >"$setup_log" 2>&1 && ninja -C "$setup_folder" "$@" >>"$setup_log" 2>&1
    then
        rm -f "$setup_log"
        return 0
    fi
    cat "$setup_log" >&2
    rm -f "$setup_log"
    return 1
}
