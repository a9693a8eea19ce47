using Libvirt.Cli;

return await Virtactl.RunAsync(args).ConfigureAwait(false);
