// Reads ORC and Arrow IPC files through Arrow's C++ library; see arrow_formats.h.

#include "arrow_formats.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <arrow/adapters/orc/adapter.h>
#include <arrow/array.h>
#include <arrow/array/array_dict.h>
#include <arrow/buffer.h>
#include <arrow/c/bridge.h>
#include <arrow/compute/api_vector.h>
#include <arrow/config.h>
#include <arrow/extension_type.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>
#include <arrow/result.h>

#include "failures.h"

using namespace tauro;

namespace {

namespace orc = arrow::adapters::orc;
using arrow::Result;
using Batch = std::shared_ptr<arrow::RecordBatch>;

// A column without its dictionary or extension.
std::shared_ptr<arrow::DataType> Plain(std::shared_ptr<arrow::DataType> type) {
  while (true) {
    if (type->id() == arrow::Type::EXTENSION) {
      type = static_cast<const arrow::ExtensionType &>(*type).storage_type();
    } else if (type->id() == arrow::Type::DICTIONARY) {
      type = static_cast<const arrow::DictionaryType &>(*type).value_type();
    } else {
      return type;
    }
  }
}

Result<std::shared_ptr<arrow::Array>> Plain(std::shared_ptr<arrow::Array> array) {
  while (true) {
    if (array->type_id() == arrow::Type::EXTENSION) {
      array = static_cast<const arrow::ExtensionArray &>(*array).storage();
    } else if (array->type_id() == arrow::Type::DICTIONARY) {
      const auto &encoded = static_cast<const arrow::DictionaryArray &>(*array);
      ARROW_ASSIGN_OR_RAISE(array, arrow::compute::Take(*encoded.dictionary(), *encoded.indices()));
    } else {
      return array;
    }
  }
}

std::shared_ptr<arrow::Schema> Plain(const arrow::Schema &schema) {
  arrow::FieldVector fields;
  for (const auto &field : schema.fields()) fields.push_back(arrow::field(field->name(), Plain(field->type())));
  return arrow::schema(std::move(fields));
}

// An open file: its columns, and its batches one after another.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  virtual Result<std::shared_ptr<arrow::Schema>> Columns() = 0;
  // The next batch of the chosen columns; null after the last one.
  virtual Result<Batch> Next() = 0;
  // The number of rows if that is told without reading them; else below 0.
  virtual Result<int64_t> Rows() = 0;
  // What is read at the moment, for an error.
  virtual std::string Place() const = 0;
};

class OpenORC final : public OpenFile {
 public:
  static Result<std::unique_ptr<OpenFile>> Open(const std::string &path, std::vector<int> columns, int64_t batch_rows) {
    auto file = std::make_unique<OpenORC>(std::move(columns), batch_rows);
    ARROW_ASSIGN_OR_RAISE(auto bytes, arrow::io::ReadableFile::Open(path));
    ARROW_ASSIGN_OR_RAISE(int64_t size, bytes->GetSize());
    if (size == 0) return Status::Invalid("it is empty");
    ARROW_ASSIGN_OR_RAISE(auto end, bytes->ReadAt(std::max<int64_t>(0, size - 4), std::min<int64_t>(size, 4)));
    // The last byte is the length of the postscript, which ends with the format's name.
    if (size < 4 || memcmp(end->data(), "ORC", 3) != 0) {
      return Status::Invalid("what an ORC file ends with is not there");
    }
    ARROW_ASSIGN_OR_RAISE(file->reader_, orc::ORCFileReader::Open(bytes, arrow::default_memory_pool()));
    return file;
  }

  OpenORC(std::vector<int> columns, int64_t batch_rows) : columns_(std::move(columns)), batch_rows_(batch_rows) {}

  Result<std::shared_ptr<arrow::Schema>> Columns() override { return reader_->ReadSchema(); }

  Result<Batch> Next() override {
    if (!rows_) ARROW_RETURN_NOT_OK(Begin());
    Batch batch;
    ARROW_RETURN_NOT_OK(rows_->ReadNext(&batch));
    if (!batch) return batch;
    row_ += batch->num_rows();
    return reads_all_ ? batch->SelectColumns(columns_) : batch;
  }

  Result<int64_t> Rows() override { return reader_->NumberOfRows(); }

  std::string Place() const override { return "the rows from " + std::to_string(row_ + 1); }

 private:
  // Reads the file from its beginning to its end. A reader by stripes would seek, for which it trusts the file's indexes.
  Status Begin() {
    ARROW_ASSIGN_OR_RAISE(auto schema, reader_->ReadSchema());
    std::vector<std::string> names;
    for (int place : columns_) names.push_back(schema->field(place)->name());
    // ORC's reader finds columns by their names, in which a dot leads to a part of a column.
    reads_all_ = std::any_of(names.begin(), names.end(), [&](const std::string &name) {
      return name.empty() || name.find('.') != std::string::npos || schema->GetAllFieldIndices(name).size() > 1;
    });
    if (reads_all_) names.clear();
    return reader_->GetRecordBatchReader(batch_rows_, names).Value(&rows_);
  }

  std::vector<int> columns_;
  int64_t batch_rows_;
  std::unique_ptr<orc::ORCFileReader> reader_;
  std::shared_ptr<arrow::RecordBatchReader> rows_;
  bool reads_all_ = false;
  int64_t row_ = 0;
};

class OpenIPC final : public OpenFile {
 public:
  static Result<std::unique_ptr<OpenFile>> Open(const std::string &path, std::vector<int> columns) {
    auto file = std::make_unique<OpenIPC>();
    ARROW_ASSIGN_OR_RAISE(auto bytes, arrow::io::ReadableFile::Open(path));
    ARROW_ASSIGN_OR_RAISE(int64_t size, bytes->GetSize());
    if (size == 0) return Status::Invalid("it is empty");
    ARROW_ASSIGN_OR_RAISE(auto head, bytes->Read(std::min<int64_t>(size, 6)));
    std::string_view mark(reinterpret_cast<const char *>(head->data()), static_cast<size_t>(head->size()));
    auto options = arrow::ipc::IpcReadOptions::Defaults();
    options.included_fields = std::move(columns);
    options.use_threads = false;
    options.ensure_alignment = arrow::ipc::Alignment::kDataTypeSpecificAlignment;
    if (mark == "ARROW1") {
      ARROW_ASSIGN_OR_RAISE(auto end, bytes->ReadAt(std::max<int64_t>(0, size - 6), 6));
      if (!end->Equals(*head)) return Status::Invalid("what an Arrow file ends with is not there");
      ARROW_RETURN_NOT_OK(bytes->Seek(0));
      ARROW_ASSIGN_OR_RAISE(file->file_, arrow::ipc::RecordBatchFileReader::Open(bytes, options));
    } else if (mark.substr(0, 4) == "\xFF\xFF\xFF\xFF") {
      ARROW_RETURN_NOT_OK(bytes->Seek(0));
      ARROW_ASSIGN_OR_RAISE(file->stream_, arrow::ipc::RecordBatchStreamReader::Open(bytes, options));
    } else if (mark.substr(0, 4) == "FEA1") {
      return Status::Invalid("it is Feather of version 1; write it again as version 2");
    } else {
      return Status::Invalid("it begins neither as a file nor as a stream of Arrow");
    }
    return file;
  }

  Result<std::shared_ptr<arrow::Schema>> Columns() override { return file_ ? file_->schema() : stream_->schema(); }

  Result<Batch> Next() override {
    batch_ += 1;
    if (file_) return batch_ > file_->num_record_batches() ? Result<Batch>(nullptr) : file_->ReadRecordBatch(batch_ - 1);
    Batch batch;
    ARROW_RETURN_NOT_OK(stream_->ReadNext(&batch));
    return batch;
  }

  Result<int64_t> Rows() override { return file_ ? file_->CountRows() : Result<int64_t>(-1); }

  std::string Place() const override { return "record batch " + std::to_string(std::max(batch_, 1)); }

 private:
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> file_;
  std::shared_ptr<arrow::ipc::RecordBatchStreamReader> stream_;
  int batch_ = 0;
};

Result<std::unique_ptr<OpenFile>> Open(int32_t format, const std::string &path, std::vector<int> columns = {},
                                       int64_t batch_rows = 1) {
  Result<std::unique_ptr<OpenFile>> file = Status::Invalid("the format is not known");
  ARROW_RETURN_NOT_OK(Guarded([&] {
    file = format == TAURO_ARROW_ORC   ? OpenORC::Open(path, std::move(columns), batch_rows)
           : format == TAURO_ARROW_IPC ? OpenIPC::Open(path, std::move(columns))
                                       : std::move(file);
    return Status::OK();
  }));
  return file;
}

// The plain columns of a file, in batches that are checked in full, because arrow trusts what an IPC file says.
class CheckedReader final : public arrow::RecordBatchReader {
 public:
  CheckedReader(std::string path, std::shared_ptr<arrow::Schema> schema, std::unique_ptr<OpenFile> file,
                int64_t batch_rows, int64_t counted)
      : path_(std::move(path)),
        schema_(std::move(schema)),
        file_(std::move(file)),
        batch_rows_(std::max<int64_t>(batch_rows, 1)),
        counted_(counted) {}

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  Status ReadNext(Batch *out) override {
    return Guarded([&] {
      auto status = Guarded([&] { return Read(out); });
      return Told(status, path_ + " is broken at " + file_->Place() + ": ");
    });
  }

 private:
  Status Read(Batch *out) {
    *out = nullptr;
    if (schema_->num_fields() == 0 && counted_ >= 0) {
      int64_t rows = std::min(counted_, batch_rows_);
      if (rows > 0) *out = arrow::RecordBatch::Make(schema_, rows, arrow::ArrayVector{});
      counted_ -= rows;
      return Status::OK();
    }
    while (!batch_ || offset_ >= batch_->num_rows()) {
      ARROW_ASSIGN_OR_RAISE(batch_, file_->Next());
      offset_ = 0;
      if (!batch_) return Status::OK();
      ARROW_RETURN_NOT_OK(batch_->ValidateFull());
    }
    auto part = batch_->Slice(offset_, batch_rows_);
    offset_ += part->num_rows();
    // The file was opened anew since its columns were read: it may be another one by now.
    if (part->num_columns() < schema_->num_fields()) return Status::Invalid("a column is not there any more");
    arrow::ArrayVector columns;
    for (int place = 0; place < schema_->num_fields(); place++) {
      const auto &field = *schema_->field(place);
      ARROW_ASSIGN_OR_RAISE(auto column, Plain(part->column(place)));
      if (!column->type()->Equals(field.type())) {
        return Status::Invalid("the column '", field.name(), "' is ", *column->type(), ", and was ", *field.type());
      }
      columns.push_back(std::move(column));
    }
    *out = arrow::RecordBatch::Make(schema_, part->num_rows(), std::move(columns));
    return Status::OK();
  }

  std::string path_;
  std::shared_ptr<arrow::Schema> schema_;
  std::unique_ptr<OpenFile> file_;
  int64_t batch_rows_;
  // The rows that are told but not read; below 0 where batches are.
  int64_t counted_;
  Batch batch_;
  int64_t offset_ = 0;
};

std::string Unreadable(int32_t format, const std::string &path) {
  return path + " can not be read as " + (format == TAURO_ARROW_ORC ? "an ORC" : "an Arrow") + " file: ";
}

Result<std::shared_ptr<arrow::RecordBatchReader>> OpenColumns(int32_t format, const std::string &path,
                                                              std::vector<int> places, int64_t batch_rows) {
  ARROW_ASSIGN_OR_RAISE(auto whole, Open(format, path));
  ARROW_ASSIGN_OR_RAISE(auto schema, whole->Columns());
  arrow::FieldVector fields;
  for (int place : places) {
    if (place < 0 || place >= schema->num_fields()) return Status::Invalid("it has no column ", place);
    fields.push_back(schema->field(place));
  }
  int64_t counted = -1;
  if (places.empty()) {
    ARROW_ASSIGN_OR_RAISE(counted, whole->Rows());
    places.push_back(0);
  }
  ARROW_ASSIGN_OR_RAISE(auto file, Open(format, path, std::move(places), batch_rows));
  return std::make_shared<CheckedReader>(path, Plain(*arrow::schema(std::move(fields))), std::move(file), batch_rows,
                                         counted);
}

}  // namespace

TAURO_ARROW_EXPORT int32_t tauro_arrow_version(void) { return TAURO_ARROW_VERSION; }

TAURO_ARROW_EXPORT const char *tauro_arrow_release(void) { return arrow::GetBuildInfo().version_string.c_str(); }

TAURO_ARROW_EXPORT void tauro_arrow_free(char *text) {
  if (text != exhausted) free(text);
}

TAURO_ARROW_EXPORT char *tauro_arrow_schema(int32_t format, const char *path, struct ArrowSchema *schema) {
  return Text(Guarded([&] {
    auto status = Guarded([&] {
      ARROW_ASSIGN_OR_RAISE(auto file, Open(format, path));
      ARROW_ASSIGN_OR_RAISE(auto columns, file->Columns());
      return arrow::ExportSchema(*Plain(*columns), schema);
    });
    return Told(status, Unreadable(format, path));
  }));
}

TAURO_ARROW_EXPORT char *tauro_arrow_open(int32_t format, const char *path, const int32_t *columns,
                                          int64_t column_count, int64_t batch_rows, struct ArrowArrayStream *stream) {
  return Text(Guarded([&] {
    auto status = Guarded([&] {
      std::vector<int> places(columns, columns + column_count);
      ARROW_ASSIGN_OR_RAISE(auto reader, OpenColumns(format, path, std::move(places), batch_rows));
      return arrow::ExportRecordBatchReader(std::move(reader), stream);
    });
    return Told(status, Unreadable(format, path));
  }));
}
