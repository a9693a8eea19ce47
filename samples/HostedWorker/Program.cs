using Akka.Hosting;
using HostedWorker;
using Libvirt.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Configuration
    .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "worker.conf"), reloadOnChange: true)
    // What is added last counts: environment and command line override the file.
    .AddEnvironmentVariables()
    .AddCommandLine(args);

builder.Logging.ClearProviders().AddSerilog(
    new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration).CreateLogger(), dispose: true);

builder.Services.AddHealthChecks();
builder.Services.AddAkka("worker", akka => akka
    // What actors log goes where the host logs: to Serilog.
    .ConfigureLoggers(loggers =>
    {
        loggers.ClearLoggers();
        loggers.AddLoggerFactory();
    })
    .WithLibvirt()
    .WithLibvirtHealthCheck()
    .WithActors((system, registry, resolver) => registry.Register<InventoryActor>(system.ActorOf(resolver.Props<InventoryActor>(), "inventory"))));
builder.Services.AddSingleton<IHealthCheckPublisher, HealthLog>();
builder.Services.Configure<HealthCheckPublisherOptions>(options =>
{
    options.Delay = TimeSpan.FromSeconds(1);
    options.Period = TimeSpan.FromSeconds(1);
});
builder.Services.AddHostedService<MetricsLog>();

await builder.Build().RunAsync();
