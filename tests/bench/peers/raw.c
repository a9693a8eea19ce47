// The floor: replays one encoded call without understanding anything, with as many outstanding as there would be callers.
//   raw SOCKET calls version|info|list|xml CALLERS WARMUP SECONDS
#include "bench.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { AUTH_LIST = 66, OPEN = 1, GET_LIB_VERSION = 157, GET_INFO = 16, GET_XML = 14, LOOKUP_BY_NAME = 23, LIST_ALL = 273 };
enum { HEADER = 28, MOST_CALLERS = 1024 };

static int fd;
static uint32_t next_serial;
static unsigned char incoming[1 << 20];
static size_t held;

static void put(unsigned char *at, uint32_t value)
{
    value = htonl(value);
    memcpy(at, &value, 4);
}

static uint32_t get(const unsigned char *at)
{
    uint32_t value;
    memcpy(&value, at, 4);
    return ntohl(value);
}

static size_t encode(unsigned char *frame, uint32_t procedure, const unsigned char *payload, size_t length)
{
    put(frame, (uint32_t)(HEADER + length));
    put(frame + 4, 0x20008086);
    put(frame + 8, 1);
    put(frame + 12, procedure);
    put(frame + 16, 0);
    put(frame + 20, next_serial++);
    put(frame + 24, 0);
    if (length > 0)
        memcpy(frame + HEADER, payload, length);
    return HEADER + length;
}

static size_t encode_string(unsigned char *at, const char *text)
{
    size_t length = strlen(text), padded = (length + 3) & ~(size_t)3;
    put(at, (uint32_t)length);
    memset(at + 4, 0, padded);
    memcpy(at + 4, text, length);
    return 4 + padded;
}

static void send_all(const unsigned char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = write(fd, bytes, length);
        if (sent <= 0)
            fail("write");
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void receive(void)
{
    ssize_t came = read(fd, incoming + held, sizeof incoming - held);
    if (came <= 0)
        fail("read");
    held += (size_t)came;
}

// One call and its reply; the reply's payload is copied out.
static size_t call(uint32_t procedure, const unsigned char *payload, size_t length, unsigned char *result, size_t room)
{
    unsigned char frame[1024];
    send_all(frame, encode(frame, procedure, payload, length));
    while (held < 4 || held < get(incoming))
        receive();
    size_t size = get(incoming) - HEADER;
    if (get(incoming + 24) != 0 || size > room)
        fail("a call");
    memcpy(result, incoming + HEADER, size);
    held = 0;
    return size;
}

int main(int argc, char **argv)
{
    if (argc != 7 || strcmp(argv[2], "calls") != 0)
        fail("usage: raw SOCKET calls MODE CALLERS WARMUP SECONDS");
    int callers = atoi(argv[4]);
    int64_t warmup = (int64_t)(atof(argv[5]) * 1e9), length = (int64_t)(atof(argv[6]) * 1e9);
    if (callers < 1 || callers > MOST_CALLERS)
        fail("a number of callers from 1 to 1024");

    struct sockaddr_un address = { .sun_family = AF_UNIX };
    strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");

    unsigned char payload[512], result[4096];
    call(AUTH_LIST, NULL, 0, result, sizeof result);
    put(payload, 1);
    size_t size = 4 + encode_string(payload + 4, "test:///default");
    put(payload + size, 0);
    call(OPEN, payload, size + 4, result, sizeof result);
    size = encode_string(payload, "test");
    size_t domain = call(LOOKUP_BY_NAME, payload, size, result, sizeof result);

    uint32_t procedure;
    size = 0;
    if (strcmp(argv[3], "version") == 0) {
        procedure = GET_LIB_VERSION;
    } else if (strcmp(argv[3], "list") == 0) {
        procedure = LIST_ALL;
        put(payload, 1);
        put(payload + 4, 0);
        size = 8;
    } else {
        procedure = strcmp(argv[3], "info") == 0 ? GET_INFO : GET_XML;
        memcpy(payload, result, domain);
        size = domain;
        if (procedure == GET_XML) {
            put(payload + size, 0);
            size += 4;
        }
    }

    static histogram latencies;
    static int64_t begun[2 * MOST_CALLERS];
    static unsigned char outgoing[MOST_CALLERS * 600];
    int outstanding = 0, recording = 0;
    uint64_t count = 0;
    double cpu = 0;
    int64_t now = nanoseconds(), start = now + warmup, end = start + length;
    while (now < end) {
        size_t filled = 0;
        for (; outstanding < callers; outstanding++) {
            begun[next_serial % (2 * MOST_CALLERS)] = now;
            filled += encode(outgoing + filled, procedure, payload, size);
        }
        if (filled > 0)
            send_all(outgoing, filled);
        receive();
        now = nanoseconds();
        if (!recording && now >= start) {
            recording = 1;
            start = now;
            end = start + length;
            cpu = cpu_seconds();
        }
        size_t offset = 0;
        while (held - offset >= 4 && held - offset >= get(incoming + offset)) {
            if (get(incoming + offset + 24) != 0)
                fail("a call");
            if (recording) {
                record(&latencies, now - begun[get(incoming + offset + 20) % (2 * MOST_CALLERS)]);
                count++;
            }
            offset += get(incoming + offset);
            outstanding--;
        }
        memmove(incoming, incoming + offset, held - offset);
        held -= offset;
    }
    print_sample(count, 0, (now - start) / 1e9, cpu_seconds() - cpu, &latencies);
    return 0;
}
