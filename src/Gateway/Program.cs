using GenAI.Gateway.Cli;

return await CommandLine.RunAsync(args);
