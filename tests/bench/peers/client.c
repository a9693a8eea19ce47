// libvirt's own client library at work.
//   client SOCKET calls version|info|list|xml CALLERS WARMUP SECONDS
//   client SOCKET download|upload POOL VOLUME BYTES        one goes ahead unmeasured
//   client MEMBERS fleet full-speed|fixed-rate WARMUP SECONDS    a driver and a socket a line in the file MEMBERS
#include "bench.h"
#include "fleet.h"
#include <libvirt/libvirt.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static virConnectPtr connection;
static virDomainPtr domain;
static const char *mode;
static atomic_int recording, stopping;

typedef struct {
    pthread_t thread;
    histogram latencies;
    char apart[128];
} caller;

static void call(void)
{
    if (strcmp(mode, "version") == 0) {
        unsigned long version;
        if (virConnectGetLibVersion(connection, &version) < 0)
            fail("virConnectGetLibVersion");
    } else if (strcmp(mode, "info") == 0) {
        virDomainInfo info;
        if (virDomainGetInfo(domain, &info) < 0)
            fail("virDomainGetInfo");
    } else if (strcmp(mode, "list") == 0) {
        virDomainPtr *domains;
        int count = virConnectListAllDomains(connection, &domains, 0);
        if (count < 0)
            fail("virConnectListAllDomains");
        for (int i = 0; i < count; i++)
            virDomainFree(domains[i]);
        free(domains);
    } else {
        char *xml = virDomainGetXMLDesc(domain, 0);
        if (!xml)
            fail("virDomainGetXMLDesc");
        free(xml);
    }
}

static void *run(void *argument)
{
    caller *self = argument;
    int64_t before = nanoseconds();
    while (!atomic_load_explicit(&stopping, memory_order_relaxed)) {
        call();
        int64_t after = nanoseconds();
        if (atomic_load_explicit(&recording, memory_order_relaxed))
            record(&self->latencies, after - before);
        before = after;
    }
    return NULL;
}

static void calls(int count, double warmup, double length)
{
    caller *callers = calloc((size_t)count, sizeof *callers);
    for (int i = 0; i < count; i++)
        if (pthread_create(&callers[i].thread, NULL, run, &callers[i]) != 0)
            fail("pthread_create");
    usleep((useconds_t)(warmup * 1e6));
    double cpu = cpu_seconds();
    int64_t start = nanoseconds();
    atomic_store(&recording, 1);
    usleep((useconds_t)(length * 1e6));
    atomic_store(&recording, 0);
    double seconds = (nanoseconds() - start) / 1e9;
    cpu = cpu_seconds() - cpu;
    atomic_store(&stopping, 1);

    static histogram all;
    for (int i = 0; i < count; i++) {
        pthread_join(callers[i].thread, NULL);
        merge(&all, &callers[i].latencies);
    }
    print_sample(all.total, 0, seconds, cpu, &all);
}

static int take(virStreamPtr stream, const char *bytes, size_t length, void *count)
{
    *(uint64_t *)count += length;
    return (int)length;
}

typedef struct {
    uint64_t left;
    char *content;
} supply;

static int give(virStreamPtr stream, char *bytes, size_t room, void *argument)
{
    supply *source = argument;
    size_t length = room < source->left ? room : source->left;
    memcpy(bytes, source->content, length);
    source->left -= length;
    return (int)length;
}

static void move(int down, virStorageVolPtr volume, uint64_t bytes)
{
    static char content[1 << 20];
    memset(content, 0x5a, sizeof content);
    supply source = { bytes, content };
    uint64_t count = 0;
    virStreamPtr stream = virStreamNew(connection, 0);
    if (!stream)
        fail("virStreamNew");
    if (down) {
        if (virStorageVolDownload(volume, stream, 0, bytes, 0) < 0 || virStreamRecvAll(stream, take, &count) < 0 || count != bytes)
            fail("the download");
    } else {
        if (virStorageVolUpload(volume, stream, 0, bytes, 0) < 0 || virStreamSendAll(stream, give, &source) < 0)
            fail("the upload");
    }
    if (virStreamFinish(stream) < 0)
        fail("virStreamFinish");
    virStreamFree(stream);
}

static void transfer(int down, const char *pool_name, const char *volume_name, uint64_t bytes)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(connection, pool_name);
    virStorageVolPtr volume = pool ? virStorageVolLookupByName(pool, volume_name) : NULL;
    if (!volume)
        fail("finding the volume");
    move(down, volume, bytes);
    double cpu = cpu_seconds();
    int64_t start = nanoseconds();
    move(down, volume, bytes);
    print_sample(1, bytes, (nanoseconds() - start) / 1e9, cpu_seconds() - cpu, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 6)
        fail("usage: client SOCKET calls MODE CALLERS WARMUP SECONDS, or client SOCKET download|upload POOL VOLUME BYTES, or client MEMBERS fleet MODE WARMUP SECONDS");
    if (strcmp(argv[2], "fleet") == 0) {
        fleet(argv[1], argv[3], atof(argv[4]), atof(argv[5]));
        return 0;
    }
    int is_calls = strcmp(argv[2], "calls") == 0;
    char uri[256];
    snprintf(uri, sizeof uri, "%s?socket=%s", is_calls ? "test+unix:///default" : "qemu+unix:///session", argv[1]);
    connection = virConnectOpen(uri);
    if (!connection)
        fail("virConnectOpen");
    if (is_calls) {
        mode = argv[3];
        domain = virDomainLookupByName(connection, "test");
        if (!domain)
            fail("virDomainLookupByName");
        calls(atoi(argv[4]), atof(argv[5]), atof(argv[6]));
    } else {
        transfer(strcmp(argv[2], "download") == 0, argv[3], argv[4], strtoull(argv[5], NULL, 10));
    }
    return 0;
}
