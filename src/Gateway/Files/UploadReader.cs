using System.Globalization;
using GenAI.Gateway.Errors;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GenAI.Gateway.Files;

/// <summary>Reads a multipart upload in one pass: the file goes to disk as it comes, fields may stand before or after it.</summary>
internal sealed class UploadReader(FileStore files) : IDisposable
{
    private const int MaxFieldCharacters = 1024;
    private const int MaxNameCharacters = 255;
    private const int MaxSections = 16;
    private const string LifeField = "expires_after[seconds]";
    private const string AnchorField = "expires_after[anchor]";

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private StagedFile? _staged;
    private string _fileName = "";

    /// <exception cref="ApiException">The form is not what it should be; nothing was kept.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing was kept.</exception>
    public async Task<StoredFile> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(Boundary(request), request.Body);
        try
        {
            for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
            {
                if (count == MaxSections)
                {
                    throw new ApiException(ApiErrors.Invalid($"The form has more than {MaxSections} parts."));
                }

                await TakeAsync(section, cancellationToken);
            }
        }
        catch (FileTooLargeException exception)
        {
            throw new ApiException(ApiErrors.TooLarge(exception.Message));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not (BadHttpRequestException or StorageFullException))
        {
            throw new ApiException(ApiErrors.Invalid($"The multipart form is broken or was cut off: {exception.Message}", code: "invalid_multipart"));
        }

        if (_staged is null)
        {
            throw new ApiException(ApiErrors.Missing("file"));
        }

        var upload = new FileUpload(_fileName, FilePurposes.Check(_fields.GetValueOrDefault("purpose")), Life());
        return await files.KeepAsync(_staged, upload, cancellationToken);
    }

    public void Dispose() => _staged?.Dispose();

    private async Task TakeAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            throw new ApiException(ApiErrors.Invalid("A part of the form has no Content-Disposition header with a name.", code: "invalid_multipart"));
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (name != "file")
        {
            using var text = new StreamReader(section.Body);
            var buffer = new char[MaxFieldCharacters];
            _fields[name] = new string(buffer, 0, await text.ReadBlockAsync(buffer, cancellationToken));
            return;
        }

        if (_staged is not null)
        {
            throw new ApiException(ApiErrors.Invalid("Send one file per request.", "file"));
        }

        _fileName = CleanName(disposition.FileNameStar.HasValue ? disposition.FileNameStar.ToString() : HeaderUtilities.RemoveQuotes(disposition.FileName).ToString());
        _staged = await files.StageAsync(section.Body, cancellationToken);
    }

    private TimeSpan? Life()
    {
        if (_fields.TryGetValue(AnchorField, out var anchor) && anchor != "created_at")
        {
            throw new ApiException(ApiErrors.Invalid($"'{AnchorField}' must be 'created_at'.", AnchorField));
        }

        if (!_fields.TryGetValue(LifeField, out var seconds))
        {
            return null;
        }

        return int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 3600 and <= 2_592_000
            ? TimeSpan.FromSeconds(value)
            : throw new ApiException(ApiErrors.Invalid($"'{LifeField}' must be from 3600 (an hour) to 2592000 (30 days).", LifeField));
    }

    private static string Boundary(HttpRequest request)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString()
            : "";
        return boundary.Length is > 0 and <= 200
            ? boundary
            : throw new ApiException(ApiErrors.Invalid("Send the file as multipart/form-data with the fields 'file' and 'purpose'.", code: "invalid_multipart"));
    }

    /// <summary>A name to show: no folder, no control characters.</summary>
    private static string CleanName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(last.Where(character => !char.IsControl(character))).Trim();
        return clean.Length is > 0 and <= MaxNameCharacters
            ? clean
            : throw new ApiException(ApiErrors.Invalid($"The file needs a name of 1 to {MaxNameCharacters} characters.", "file"));
    }
}
