// A control plane with libvirt's own client library: one thread per daemon polls the statistics of all domains, one thread runs the event loop.
// Line protocol with the benchmark: "following" when it is subscribed everywhere, "measured" when it is done; then it reads how many events it
// must have received, waits until they have arrived, and prints its sample.
#include "bench.h"
#include "fleet.h"
#include <libvirt/libvirt.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define MOST_MEMBERS 1000
#define SECOND 1000000000LL
#define SETTLE 2
#define PATIENCE 10

typedef struct {
    pthread_t thread;
    virConnectPtr connection;
    int64_t offset;
    histogram latencies;
    char apart[128];
} member;

static member members[MOST_MEMBERS];
static int count;
static atomic_int recording, stopping;
static atomic_llong pace_start, events;

static int happened(virConnectPtr connection, virDomainPtr domain, int event, int detail, void *opaque)
{
    (void)connection, (void)domain, (void)event, (void)detail, (void)opaque;
    atomic_fetch_add(&events, 1);
    return 0;
}

static void *run_event_loop(void *argument)
{
    (void)argument;
    for (;;)
        if (virEventRunDefaultImpl() < 0)
            fail("virEventRunDefaultImpl");
    return NULL;
}

static void poll_once(member *self)
{
    virDomainStatsRecordPtr *records;
    int found = virConnectGetAllDomainStats(self->connection, 0, &records, 0);
    if (found < 1 || records[0]->nparams < 1)
        fail("virConnectGetAllDomainStats");
    virDomainStatsRecordListFree(records);
}

static void sleep_until(int64_t moment)
{
    struct timespec until = { moment / SECOND, moment % SECOND };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0)
        ;
}

static void *run(void *argument)
{
    member *self = argument;
    int64_t next = 0;
    while (!atomic_load_explicit(&stopping, memory_order_relaxed)) {
        int64_t paced = atomic_load_explicit(&pace_start, memory_order_relaxed);
        if (paced) {
            next = next ? next + SECOND : paced + self->offset;
            sleep_until(next);
        }
        int64_t before = nanoseconds();
        poll_once(self);
        if (atomic_load_explicit(&recording, memory_order_relaxed))
            record(&self->latencies, nanoseconds() - before);
    }
    return NULL;
}

// A member a line: the driver and the socket.
static void connect_all(const char *file)
{
    char driver[16], socket[200], uri[256];
    FILE *lines = fopen(file, "r");
    if (!lines)
        fail("reading the members");
    while (count < MOST_MEMBERS && fscanf(lines, "%15s %199s", driver, socket) == 2) {
        member *self = &members[count++];
        snprintf(uri, sizeof uri, "%s+unix:///%s?socket=%s", driver, strcmp(driver, "test") == 0 ? "default" : "session", socket);
        self->connection = virConnectOpen(uri);
        if (!self->connection)
            fail("virConnectOpen");
        if (virConnectDomainEventRegisterAny(
                self->connection, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(happened), NULL, NULL) < 0)
            fail("virConnectDomainEventRegisterAny");
    }
    fclose(lines);
    for (int i = 0; i < count; i++)
        members[i].offset = SECOND * i / count;
}

static void print_line(const char *line)
{
    puts(line);
    fflush(stdout);
}

static void await_events(void)
{
    long long wanted;
    if (scanf("%lld", &wanted) != 1)
        fail("reading the number of events");
    for (int waited = 0; waited < PATIENCE * 100 && atomic_load(&events) < wanted; waited++)
        usleep(10000);
}

void fleet(const char *file, const char *mode, double warmup, double length)
{
    pthread_t loop;
    if (virEventRegisterDefaultImpl() < 0 || pthread_create(&loop, NULL, run_event_loop, NULL) != 0)
        fail("starting the event loop");
    connect_all(file);
    print_line("following");
    for (int i = 0; i < count; i++)
        if (pthread_create(&members[i].thread, NULL, run, &members[i]) != 0)
            fail("pthread_create");
    usleep((useconds_t)(warmup * 1e6));
    if (strcmp(mode, "fixed-rate") == 0) {
        atomic_store(&pace_start, nanoseconds());
        sleep(SETTLE);
    }
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
        pthread_join(members[i].thread, NULL);
        merge(&all, &members[i].latencies);
    }
    print_line("measured");
    await_events();
    print_figures(all.total, 0, seconds, cpu, &all);
    printf(",\"events\":%lld}\n", atomic_load(&events));
}
