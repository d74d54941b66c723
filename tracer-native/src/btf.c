#include "btf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* A structure's members must fit in at once: the largest one of a kernel has some 300. */
enum { PIECE = 1 << 16, WANTS = 48, PLACES = 4096 };

/* Kinds that older headers do not have. */
enum { KIND_FLOAT = 16, KIND_DECL_TAG = 17, KIND_TYPE_TAG = 18, KIND_ENUM64 = 19 };

struct reading {
    int fd;
    struct btf_header header;
    struct btf_want *wants;
    size_t count;
    bool starts[256][256]; /* with which characters the names begin that are looked for: nearly all others are left at once */
    uint32_t types[WANTS], members[WANTS]; /* where their names are, 0: not found */
    bool places[PLACES];                   /* of those of types, modulo */
    char piece[PIECE];
};

/* As much as there is. 0 or negative errno. */
static int read_at(const struct reading *reading, void *to, size_t size, uint64_t offset, size_t *got)
{
    for (*got = 0; *got < size;) {
        ssize_t count = pread(reading->fd, (char *)to + *got, size - *got, (off_t)(offset + *got));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return -errno;
        if (count == 0) return 0;
        *got += (size_t)count;
    }
    return 0;
}

static void begins_with(struct reading *reading, const char *name)
{
    reading->starts[(unsigned char)name[0]][(unsigned char)name[1]] = true;
}

static void match_name(struct reading *reading, const char *name, uint32_t offset)
{
    if (!name[0] || !reading->starts[(unsigned char)name[0]][(unsigned char)name[1]]) return;
    for (size_t i = 0; i < reading->count; i++) {
        const struct btf_want *want = &reading->wants[i];
        if (want->type[0] == name[0] && !strcmp(want->type, name)) {
            reading->types[i] = offset;
            reading->places[offset % PLACES] = true;
        }
        if (want->member && want->member[0] == name[0] && !strcmp(want->member, name)) reading->members[i] = offset;
    }
}

/* Each name is there once: from here on it is known by its place. */
static int find_names(struct reading *reading)
{
    uint64_t start = reading->header.hdr_len + reading->header.str_off;
    uint32_t done = 0, length = reading->header.str_len;
    while (done < length) {
        size_t want = length - done < PIECE ? length - done : PIECE, got;
        int error = read_at(reading, reading->piece, want, start + done, &got);
        if (error < 0) return error;
        const char *name = reading->piece, *end = reading->piece + got, *stop;
        for (; name < end && (stop = memchr(name, 0, (size_t)(end - name))); name = stop + 1)
            match_name(reading, name, done + (uint32_t)(name - reading->piece));
        if (name == reading->piece) return -EINVAL; /* a name longer than a piece, or the end came early */
        done += (uint32_t)(name - reading->piece);
    }
    return 0;
}

static size_t size_behind(const struct btf_type *type)
{
    size_t count = BTF_INFO_VLEN(type->info);
    switch (BTF_INFO_KIND(type->info)) {
    case BTF_KIND_INT:
    case BTF_KIND_VAR:
    case KIND_DECL_TAG: return 4;
    case BTF_KIND_ARRAY: return 12;
    case BTF_KIND_ENUM:
    case BTF_KIND_FUNC_PROTO: return 8 * count;
    case BTF_KIND_STRUCT:
    case BTF_KIND_UNION:
    case BTF_KIND_DATASEC:
    case KIND_ENUM64: return 12 * count;
    default: return 0;
    }
}

static int32_t member_at(const struct btf_type *type, const struct btf_member *members, uint32_t name)
{
    for (size_t i = 0; i < BTF_INFO_VLEN(type->info); i++)
        if (members[i].name_off == name)
            return (int32_t)(BTF_INFO_KFLAG(type->info) ? BTF_MEMBER_BIT_OFFSET(members[i].offset) : members[i].offset) / 8;
    return -1;
}

static void match_type(struct reading *reading, const struct btf_type *type, int32_t number)
{
    uint32_t kind = BTF_INFO_KIND(type->info);
    const bool has_number = kind == BTF_KIND_TYPEDEF || kind == BTF_KIND_FUNC;
    if ((kind != BTF_KIND_STRUCT && !has_number) || !reading->places[type->name_off % PLACES]) return;
    for (size_t i = 0; i < reading->count; i++) {
        struct btf_want *want = &reading->wants[i];
        if (type->name_off != reading->types[i] || want->found >= 0 || type->name_off == 0) continue;
        if (!want->member && has_number) want->found = number;
        if (want->member && kind == BTF_KIND_STRUCT && reading->members[i])
            want->found = member_at(type, (const struct btf_member *)(type + 1), reading->members[i]);
    }
}

static int find_types(struct reading *reading)
{
    uint64_t start = reading->header.hdr_len + reading->header.type_off;
    uint32_t done = 0, length = reading->header.type_len;
    for (int32_t number = 1; done < length;) {
        size_t want = length - done < PIECE ? length - done : PIECE, got;
        int error = read_at(reading, reading->piece, want, start + done, &got);
        if (error < 0) return error;
        size_t at = 0, size;
        for (; at + sizeof(struct btf_type) <= got; at += size, number++) {
            const struct btf_type *type = (const struct btf_type *)(reading->piece + at);
            size = sizeof *type + size_behind(type);
            if (at + size > got) break;
            match_type(reading, type, number);
        }
        if (at == 0) return -EINVAL;
        done += (uint32_t)at;
    }
    return 0;
}

int btf_find(struct btf_want *wants, size_t count)
{
    static struct reading reading;
    size_t got;
    if (count > WANTS) return -E2BIG;
    reading = (struct reading){.wants = wants, .count = count};
    for (size_t i = 0; i < count; i++) {
        wants[i].found = -1;
        begins_with(&reading, wants[i].type);
        if (wants[i].member) begins_with(&reading, wants[i].member);
    }
    reading.fd = open("/sys/kernel/btf/vmlinux", O_RDONLY | O_CLOEXEC);
    if (reading.fd < 0) return -errno;
    int error = read_at(&reading, &reading.header, sizeof reading.header, 0, &got);
    if (!error && (got < sizeof reading.header || reading.header.magic != BTF_MAGIC)) error = -EINVAL;
    if (!error) error = find_names(&reading);
    if (!error) error = find_types(&reading);
    close(reading.fd);
    return error;
}
