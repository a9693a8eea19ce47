// What the C programs share: clocks, a histogram of latencies, and the one line of JSON that each prints at its end.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static inline int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

// User and system time of this process so far, in seconds.
static inline double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// 32 buckets for each power of two of nanoseconds: values are kept to 3 %.
#define BUCKETS 2048

typedef struct {
    uint64_t counts[BUCKETS];
    uint64_t total;
} histogram;

static inline void record(histogram *h, int64_t value)
{
    int bucket;
    if (value < 32) {
        bucket = value < 0 ? 0 : (int)value;
    } else {
        int shift = 58 - __builtin_clzll((uint64_t)value);
        bucket = (shift + 1) * 32 + (int)(value >> shift) - 32;
    }
    h->counts[bucket]++;
    h->total++;
}

static inline void merge(histogram *into, const histogram *from)
{
    for (int i = 0; i < BUCKETS; i++)
        into->counts[i] += from->counts[i];
    into->total += from->total;
}

// The value, in microseconds, below which that share of all values lies.
static inline double percentile(const histogram *h, double share)
{
    uint64_t wanted = (uint64_t)(share * h->total), seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += h->counts[i];
        if (seen > wanted)
            return (i < 32 ? i : (double)((uint64_t)(i % 32 + 32) << (i / 32 - 1))) / 1000.0;
    }
    return 0;
}

// getrusage's own maximum would count the process that started this one.
static inline long long peak_rss_bytes(void)
{
    char line[256];
    long long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status) && sscanf(line, "VmHWM: %lld", &kib) != 1)
        ;
    if (status)
        fclose(status);
    return kib * 1024;
}

// The figures that every sample has; the caller may add others and closes the brace.
static inline void print_figures(uint64_t count, uint64_t bytes, double seconds, double cpu, const histogram *latencies)
{
    printf("{\"count\":%llu,\"bytes\":%llu,\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"peakRssBytes\":%lld",
           (unsigned long long)count, (unsigned long long)bytes, seconds, cpu, peak_rss_bytes());
    if (latencies)
        printf(",\"p50Microseconds\":%.3f,\"p99Microseconds\":%.3f", percentile(latencies, 0.50), percentile(latencies, 0.99));
}

static inline void print_sample(uint64_t count, uint64_t bytes, double seconds, double cpu, const histogram *latencies)
{
    print_figures(count, bytes, seconds, cpu, latencies);
    printf("}\n");
}

static inline void fail(const char *what)
{
    fprintf(stderr, "%s failed\n", what);
    exit(1);
}
