using GenAI.Gateway.Console;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.UseConsole();
app.MapGet("/health/live", () => Results.Text("ok"));
await app.RunAsync();
