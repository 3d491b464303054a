namespace GenAI.Gateway.Hosting;

/// <summary>The server cannot start; the message is for whoever started it and says what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
