using Libvirt.Bench.Running;
using Libvirt.Bench.Work;

// Without "work" it is the conductor, which starts a daemon and then each contender in turn, itself with "work" among them.
return args is ["work", .. string[] work] ? await Worker.RunAsync(work) : await BenchCommand.RunAsync(args);
