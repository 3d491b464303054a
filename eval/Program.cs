using GenAI.Eval;

return await EvalCommand.Build().Parse(args).InvokeAsync();
