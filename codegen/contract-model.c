/* SPDX-License-Identifier: Apache-2.0 */
/* The services of a header. */
#include "codegen/contract-model.h"

#include <string.h>

#include "codegen/contract-data.h"

/* ---- Annotations where they may stand ------------------------------------ */

static void
check_decl_notes(const struct decl *decl)
{
    size_t i;

    for (i = 0; i < decl->notes.count; i++) {
        const struct note *note = VEC(&decl->notes, struct note, i);
        bool good = false;

        if (note->kind == NOTE_SERVICE || note->kind == NOTE_MESSAGE)
            good = decl->kind == DECL_STRUCT;
        else if (note->kind == NOTE_DATA || note->kind == NOTE_XML_TYPE)
            good = decl->kind == DECL_STRUCT || decl->kind == DECL_ENUM;
        else if (note->kind == NOTE_KNOWN_TYPE)
            good = decl->kind == DECL_STRUCT;
        else if (note->kind == NOTE_TYPE_ARGUMENT)
            good = note_find(&decl->notes, NOTE_DATA) != NULL;
        else if (note->kind == NOTE_XML_FORMAT ||
                 note->kind == NOTE_DATA_FORMAT)
            good = note_find(&decl->notes, NOTE_SERVICE) != NULL;
        else if (note->kind == NOTE_XML_CHOICE)
            good = decl->kind == DECL_UNION;
        else if (note->kind == NOTE_COLLECTION)
            good = decl->kind == DECL_TYPEDEF;
        if (!good)
            diag_error(note->place, "%s does not belong before this",
                       note_word(note->kind));
    }
}

/* ---- Services ------------------------------------------------------------ */

/* calculator gives ICalculator; what has capitals stays. */
static const char *
contract_name(const struct decl *decl, const struct note *note)
{
    const char *name = contract_pascal(decl->tag);

    if (strcmp(name, decl->tag) != 0)
        name = mem_printf("I%s", name);
    return contract_encode(note_text(note, "name", name));
}

static struct interface *
new_interface(struct decl *decl, const struct note *note)
{
    struct interface *interface = NEW(struct interface);

    interface->decl = decl;
    interface->name = contract_name(decl, note);
    interface->ns = note_text(note, "ns", NS_TEMPURI);
    interface->doc = decl->doc;
    contract_endpoints(interface, note);
    decl->meaning = interface;
    return interface;
}

/* ICalculator gives CalculatorService, IEchoService gives EchoService */
static const char *
service_name(const struct interface *interface)
{
    const char *name = interface->name;
    size_t size;

    if (name[0] == 'I' && name[1] >= 'A' && name[1] <= 'Z')
        name++;
    size = strlen(name);
    if (size > 7 && strcmp(name + size - 7, "Service") == 0)
        return name;
    return mem_printf("%sService", name);
}

static bool
check_service(const struct service *service, const struct interface *interface)
{
    size_t i;

    for (i = 0; i < service->interfaces.count; i++)
        if (strcmp(VEC(&service->interfaces, struct interface, i)->name,
                   interface->name) == 0) {
            diag_error(interface->decl->place,
                       "service '%s' has a contract '%s' already (%s:%u)",
                       service->name, interface->name, service->place.file,
                       service->place.line);
            return false;
        }
    return true;
}

static void
add_to_service(struct contract *contract, struct interface *interface,
               const struct note *note)
{
    const char *name =
        contract_encode(note_text(note, "service", service_name(interface)));
    struct service *service = NULL;
    size_t i;

    for (i = 0; i < contract->services.count; i++)
        if (strcmp(VEC(&contract->services, struct service, i)->name, name) ==
            0)
            service = VEC(&contract->services, struct service, i);
    if (service == NULL) {
        service = NEW(struct service);
        service->name = name;
        service->ns = note_text(note, "service_ns", interface->ns);
        service->binding_ns = note_text(note, "binding_ns", NS_TEMPURI);
        service->address = note_text(note, "address", NULL);
        service->place = interface->decl->place;
        service->file = interface->decl->tag;
        vec_add(&contract->services, service);
    }
    if (check_service(service, interface))
        vec_add(&service->interfaces, interface);
}

/* All contracts before any operation: they may extend each other. */
static void
find_services(struct contract *contract)
{
    struct vec *decls = &contract->header->decls;
    struct map extended = {NULL, 0, 0};
    size_t i, j;

    for (i = 0; i < decls->count; i++) {
        struct decl *decl = VEC(decls, struct decl, i);
        const struct note *note = note_find(&decl->notes, NOTE_SERVICE);

        check_decl_notes(decl);
        if (note == NULL || decl->kind != DECL_STRUCT)
            continue;
        new_interface(decl, note);
        for (j = 0; j < decl->members.count; j++) {
            struct member *member = VEC(&decl->members, struct member, j);

            const struct ctype *type = contract_resolve(contract, member->type);

            if (note_find(&member->notes, NOTE_BASE) != NULL &&
                type->kind == CTYPE_STRUCT)
                map_put(&extended, type->name, decl);
        }
    }
    /* what others extend is a service of its own only when it says so */
    for (i = 0; i < decls->count; i++) {
        struct decl *decl = VEC(decls, struct decl, i);
        const struct note *note = note_find(&decl->notes, NOTE_SERVICE);

        if (note != NULL && decl->kind == DECL_STRUCT &&
            (map_get(&extended, decl->tag) == NULL ||
             note_option(note, "service") != NULL))
            add_to_service(contract, (struct interface *)decl->meaning, note);
    }
}

static void
build_interface(struct contract *contract, struct interface *interface)
{
    size_t i;

    interface->visiting = true;
    contract_operations(contract, interface, interface);
    interface->visiting = false;
    contract->format = contract_format(interface, NULL);
    contract_known(contract, &interface->decl->notes, &interface->known);
    if (interface->operations.count == 0 && diag_errors() == 0)
        diag_error(interface->decl->place,
                   "contract '%s' has no operation; SBN_OPERATION_CONTRACT() "
                   "before a function makes it one",
                   interface->name);
    if (diag_errors() > 0)
        return; /* messages would repeat what has been told */
    for (i = 0; i < interface->operations.count; i++) {
        struct operation *op = VEC(&interface->operations, struct operation, i);

        if (op->is_wildcard)
            diag_warning(op->place,
                         "operation '%s' takes what no other takes; a WSDL "
                         "cannot say that and leaves it out",
                         op->name);
        else
            vec_add(&interface->told, op);
        contract_messages(contract, interface, op);
    }
}

bool
contract_model(struct contract *contract, struct header *header)
{
    static const struct data_format plain;
    struct place place = {header->file, 0};
    size_t i, j;

    contract->header = header;
    contract->format = &plain;
    find_services(contract);
    if (contract->services.count == 0 && diag_errors() == 0)
        diag_error(place, "there is no SBN_SERVICE_CONTRACT in it");
    for (i = 0; i < contract->services.count; i++) {
        struct service *service = VEC(&contract->services, struct service, i);

        for (j = 0; j < service->interfaces.count; j++)
            build_interface(contract,
                            VEC(&service->interfaces, struct interface, j));
    }
    data_fill(contract);
    return diag_errors() == 0;
}
