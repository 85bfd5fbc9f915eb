from assistant.ingest.records.extractor import Extraction, RecordExtractor

__all__ = ["Extraction", "RecordExtractor"]
