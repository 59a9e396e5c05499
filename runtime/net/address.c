/* SPDX-License-Identifier: Apache-2.0 */
/* Socket addresses and their texts. */
#include <stdio.h>
#include <sys/un.h>

#include "runtime/net/socket.h"

bool
sbn__address_parse(const char *host, uint16_t port,
                   union sbn__address *ret_address)
{
    union sbn__address address;

    memset(&address, 0, sizeof(address));
    if (uv_ip4_addr(host, port, &address.v4) != 0 &&
        uv_ip6_addr(host, port, &address.v6) != 0)
        return false;
    *ret_address = address;
    return true;
}

bool
sbn__address_from(const struct addrinfo *info, union sbn__address *ret_address)
{
    if (info->ai_family != AF_INET && info->ai_family != AF_INET6)
        return false;
    if (info->ai_addrlen > sizeof(*ret_address))
        return false;
    memcpy(ret_address, info->ai_addr, info->ai_addrlen);
    return true;
}

void
sbn__address_text(const struct sockaddr *address, char *text, size_t room)
{
    char host[64] = "";

    text[0] = '\0';
    if (address->sa_family == AF_INET) {
        uv_ip4_name((const struct sockaddr_in *)(const void *)address, host,
                    sizeof(host));
        snprintf(text, room, "%s:%u", host, sbn__address_port(address));
    } else if (address->sa_family == AF_INET6) {
        uv_ip6_name((const struct sockaddr_in6 *)(const void *)address, host,
                    sizeof(host));
        snprintf(text, room, "[%s]:%u", host, sbn__address_port(address));
    }
}

uint16_t
sbn__address_port(const struct sockaddr *address)
{
    const union sbn__address *a = (const void *)address;

    return ntohs(address->sa_family == AF_INET6 ? a->v6.sin6_port
                                                : a->v4.sin_port);
}

bool
sbn__address_path_fits(const char *path)
{
    return strlen(path) < sizeof(((struct sockaddr_un *)NULL)->sun_path);
}
