using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Libvirt.Benchmarks;

// In this process: a project that BenchmarkDotNet generates would be held to this checkout's build rules.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromTypes([typeof(CodecBenchmarks), typeof(FrameBenchmarks), typeof(TelemetryBenchmarks)])
    .Run(args, config);
