using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Hosting;

[OptionsValidator]
internal sealed partial class LimitsOptionsValidator : IValidateOptions<LimitsOptions>;
