using Libvirt.Kill.Running;

return await KillCommand.RunAsync(args);
