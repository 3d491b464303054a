using GenAI.EndToEnd.Tests.Gateway;

// One program with the starter models and the sample documents serves every test that does not change it for others.
[assembly: AssemblyFixture(typeof(GatewayProcess))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
