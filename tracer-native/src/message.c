#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "sandbox.h"

int failure_of(struct failure *failure, const char *stage, int error, const char *format, ...)
{
    va_list values;
    int used;

    failure->stage = stage;
    failure->error = error;
    va_start(values, format);
    used = vsnprintf(failure->message, sizeof failure->message, format, values);
    va_end(values);
    if (used >= 0 && (size_t)used < sizeof failure->message)
        snprintf(failure->message + used, sizeof failure->message - (size_t)used, ": %s", strerror(error));
    return -error;
}

static int message_send(int channel, const struct message *message)
{
    ssize_t sent;

    do
        sent = send(channel, message, sizeof *message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

int message_note(int channel, const char *kind, const char *format, ...)
{
    struct message message = {.kind = MESSAGE_NOTE};
    va_list values;

    snprintf(message.label, sizeof message.label, "%s", kind);
    va_start(values, format);
    vsnprintf(message.text, sizeof message.text, format, values);
    va_end(values);
    return message_send(channel, &message);
}

int message_ready(int channel)
{
    struct message message = {.kind = MESSAGE_READY};

    return message_send(channel, &message);
}

int message_failure(int channel, const struct failure *failure)
{
    struct message message = {.kind = MESSAGE_FAILURE, .error = failure->error};

    snprintf(message.label, sizeof message.label, "%s", failure->stage);
    snprintf(message.text, sizeof message.text, "%s", failure->message);
    return message_send(channel, &message);
}

static pid_t sender_of(struct msghdr *header)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c))
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDENTIALS) {
            struct ucred credentials;

            memcpy(&credentials, CMSG_DATA(c), sizeof credentials);
            return credentials.pid;
        }
    return 0;
}

int message_receive(int channel, bool wait, struct message *message, pid_t *sender)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(struct ucred))];
    } control;
    struct iovec part = {.iov_base = message, .iov_len = sizeof *message};
    struct msghdr header = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t got;

    /* A sender that has ended without reading all that it was sent is told once, before its own last words. */
    do
        got = recvmsg(channel, &header, wait ? 0 : MSG_DONTWAIT);
    while (got < 0 && (errno == EINTR || errno == ECONNRESET));
    if (got < 0)
        return -errno;
    if (got == 0)
        return 0;
    if ((size_t)got != sizeof *message)
        return -EPROTO;
    *sender = sender_of(&header);
    return 1;
}

int message_go_on(int channel)
{
    ssize_t sent;

    do
        sent = send(channel, "g", 1, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

int message_await_go_on(int channel)
{
    char word;
    ssize_t got;

    do
        got = recv(channel, &word, 1, 0);
    while (got < 0 && errno == EINTR);
    return got == 1 ? 0 : -ECANCELED;
}
