// Writes ORC and Arrow IPC files through Arrow's C++ library; see arrow_formats.h.

#include "arrow_formats.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <arrow/adapters/orc/adapter.h>
#include <arrow/array.h>
#include <arrow/array/concatenate.h>
#include <arrow/c/bridge.h>
#include <arrow/io/file.h>
#include <arrow/ipc/writer.h>
#include <arrow/record_batch.h>
#include <arrow/result.h>
#include <arrow/util/compression.h>

#include "failures.h"

using namespace tauro;

namespace {

namespace orc = arrow::adapters::orc;
using arrow::Result;
using Batch = std::shared_ptr<arrow::RecordBatch>;

// Rows of a record batch that is written, so that whoever reads it needs little memory: DuckDB's row group.
constexpr int64_t kWrittenBatchRows = 122'880;
// Rows that ORC's writer takes over at a time.
constexpr int64_t kORCWriterRows = 8'192;

Result<arrow::Compression::type> CompressionNamed(std::string_view name) {
  if (name == "uncompressed") return arrow::Compression::UNCOMPRESSED;
  if (name == "zlib") return arrow::Compression::GZIP;
  if (name == "snappy") return arrow::Compression::SNAPPY;
  if (name == "lz4") return arrow::Compression::LZ4;
  if (name == "zstd") return arrow::Compression::ZSTD;
  return Status::Invalid("the compression '", name, "' is not known");
}

// Hands all batches over in parts of few rows; at least one, so that a file without rows has its columns.
Status ForEachPart(arrow::RecordBatchReader &rows, int64_t *count, const std::function<Status(const Batch &)> &write) {
  bool is_first = true;
  while (true) {
    Batch batch;
    ARROW_RETURN_NOT_OK(rows.ReadNext(&batch));
    if (!batch && !is_first) return Status::OK();
    if (!batch) {
      ARROW_ASSIGN_OR_RAISE(batch, arrow::RecordBatch::MakeEmpty(rows.schema()));
      return write(batch);
    }
    for (int64_t offset = 0; offset < batch->num_rows(); offset += kWrittenBatchRows) {
      ARROW_RETURN_NOT_OK(write(batch->Slice(offset, kWrittenBatchRows)));
      is_first = false;
    }
    *count += batch->num_rows();
  }
}

// The batch in memory of its own where it has nested columns: ORC's writer looks for nulls of a part's structures at the
// beginning of the whole.
Result<Batch> Unsliced(const Batch &part) {
  auto columns = part->columns();
  for (auto &column : columns) {
    if (column->type()->num_fields() == 0) continue;
    ARROW_ASSIGN_OR_RAISE(column, arrow::Concatenate({column}));
  }
  return arrow::RecordBatch::Make(part->schema(), part->num_rows(), std::move(columns));
}

Status WriteORC(arrow::io::OutputStream &file, arrow::RecordBatchReader &rows, arrow::Compression::type compression,
                int64_t stripe_bytes, int64_t *count) {
  orc::WriteOptions options;
  options.compression = compression;
  options.batch_size = kORCWriterRows;
  if (stripe_bytes > 0) options.stripe_size = stripe_bytes;
  ARROW_ASSIGN_OR_RAISE(auto writer, orc::ORCFileWriter::Open(&file, options));
  ARROW_RETURN_NOT_OK(ForEachPart(rows, count, [&](const Batch &part) {
    ARROW_ASSIGN_OR_RAISE(auto own, Unsliced(part));
    return writer->Write(*own);
  }));
  return writer->Close();
}

Status WriteIPC(arrow::io::OutputStream &file, arrow::RecordBatchReader &rows, arrow::Compression::type compression,
                int64_t *count) {
  auto options = arrow::ipc::IpcWriteOptions::Defaults();
  options.use_threads = false;
  if (compression != arrow::Compression::UNCOMPRESSED) {
    bool is_lz4 = compression == arrow::Compression::LZ4;
    ARROW_ASSIGN_OR_RAISE(
        options.codec, arrow::util::Codec::Create(is_lz4 ? arrow::Compression::LZ4_FRAME : compression));
  }
  ARROW_ASSIGN_OR_RAISE(auto writer, arrow::ipc::MakeFileWriter(&file, rows.schema(), options));
  ARROW_RETURN_NOT_OK(ForEachPart(rows, count, [&](const Batch &part) { return writer->WriteRecordBatch(*part); }));
  return writer->Close();
}

Status Write(int32_t format, const std::string &path, arrow::RecordBatchReader &rows, std::string_view compression,
             int64_t stripe_bytes, int64_t *count) {
  ARROW_ASSIGN_OR_RAISE(auto codec, CompressionNamed(compression));
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::FileOutputStream::Open(path));
  ARROW_RETURN_NOT_OK(format == TAURO_ARROW_ORC ? WriteORC(*file, rows, codec, stripe_bytes, count)
                                                : WriteIPC(*file, rows, codec, count));
  return file->Close();
}

}  // namespace

TAURO_ARROW_EXPORT char *tauro_arrow_write(int32_t format, const char *path, struct ArrowArrayStream *stream,
                                           const char *compression, int64_t stripe_bytes, int64_t *rows) {
  char *text = Text(Guarded([&] {
    auto status = Guarded([&] {
      ARROW_ASSIGN_OR_RAISE(auto batches, arrow::ImportRecordBatchReader(stream));
      int64_t count = 0;
      ARROW_RETURN_NOT_OK(Write(format, path, *batches, compression, stripe_bytes, &count));
      *rows = count;
      return Status::OK();
    });
    return Told(status, std::string(path) + " can not be written: ");
  }));
  if (stream->release) stream->release(stream);
  return text;
}
